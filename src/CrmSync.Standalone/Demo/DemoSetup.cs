using System.Text.Json.Nodes;
using CrmSync.Core;
using CrmSync.Core.Setup;
using CrmSync.Standalone.Setup;

namespace CrmSync.Standalone.Demo;

/// <summary>The demo's set-up, in the same form as anybody's. A company type and an activity type are left out: the report has reasons to name.</summary>
internal static class DemoSetup
{
    private const string Steps = """
        {
          "users": {
            "types": [ { "connectWise": "Employee", "crm": "No type" }, { "connectWise": "Contractor", "crm": "No type" }, "*" ],
            "invite": true
          },
          "companies": {
            "types": [
              { "connectWise": "Client", "crm": "Client", "list": "Clients" },
              { "connectWise": "Prospect", "crm": "Prospect", "list": "Prospects" },
              { "connectWise": "Partner", "crm": "Partner", "list": "Partners" },
              "*"
            ],
            "except": [ "Vendor" ]
          },
          "contacts": {
            "types": [
              { "connectWise": "Approver", "crm": "Decision maker" },
              { "connectWise": "Executive", "crm": "Decision maker" },
              { "connectWise": "Billing", "crm": "Billing contact" },
              { "connectWise": "Technical", "crm": "Technical contact" },
              "*"
            ]
          },
          "solutions": { "combinations": "*" },
          "activities": {
            "types": [
              { "connectWise": "Appointment", "kind": "meeting" },
              { "connectWise": "Quote Follow-up", "kind": "call" },
              { "connectWise": "Note to File", "kind": "note" },
              { "connectWise": "Next Step", "kind": "note" },
              "*"
            ],
            "except": [ "History" ]
          },
          "opportunities": {
            "types": [
              { "connectWise": "Hardware Sale", "crm": "Project" },
              "*"
            ],
            "stages": [
              { "status": "Won", "stage": null, "pipeline": "Sales", "crmStage": "Won" },
              { "status": "Lost", "stage": null, "pipeline": "Sales", "crmStage": "Lost" },
              { "status": "No Decision", "stage": null, "pipeline": "Sales", "crmStage": "Lost" },
              { "status": null, "stage": "3. Quote", "pipeline": "Sales", "crmStage": "Proposal" },
              { "status": null, "stage": "5. Close", "pipeline": "Sales", "crmStage": "Negotiation" },
              "*"
            ]
          }
        }
        """;

    /// <summary>The set-up with a connection.</summary>
    public static SetupFile With(ConnectionForm connection)
    {
        var file = JsonNode.Parse(Steps)!.AsObject();
        file["connection"] = JsonNode.Parse(CoreJson.Serialize(connection));
        return SetupFile.Parse(file.ToJsonString());
    }
}
