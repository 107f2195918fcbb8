using System.Text.Json.Nodes;
using CrmSync.Core;
using CrmSync.Core.Setup;
using CrmSync.Standalone.Setup;

namespace CrmSync.EndToEnd.Support;

/// <summary>The set-up that the tests import with. It names types by their ids, so that a rulebook of their own can say what comes in.</summary>
internal static class Mapping
{
    private const string Steps = """
        {
          "users": {
            "types": [
              { "connectWise": 1, "crm": "Salesperson" }, { "connectWise": 3, "crm": "Salesperson" }, { "connectWise": 5, "crm": "Manager" }
            ],
            "invite": true
          },
          "companies": {
            "types": [
              { "connectWise": 1, "crm": "Client", "list": "Clients" },
              { "connectWise": 2, "crm": "Prospect", "list": "Prospects" },
              { "connectWise": 4, "crm": "Former client", "list": null },
              { "connectWise": 5, "crm": "Partner", "list": "Friends of the house" },
              { "connectWise": null, "crm": "No type", "list": "Unsorted" }
            ]
          },
          "contacts": {
            "types": [
              { "connectWise": 1, "crm": "Decision maker" }, { "connectWise": 2, "crm": "Decision maker" }, { "connectWise": 3, "crm": "End user" },
              { "connectWise": 4, "crm": "Billing contact" }, { "connectWise": 6, "crm": null }, { "connectWise": null, "crm": "No type" }
            ]
          },
          "solutions": { "combinations": "*", "except": [ "Software" ] },
          "activities": {
            "types": [
              { "connectWise": 1, "kind": "call" }, { "connectWise": 2, "kind": "meeting" }, { "connectWise": 3, "kind": "email" },
              { "connectWise": 4, "kind": "call" }, { "connectWise": 5, "kind": "note" }, { "connectWise": 7, "kind": null }
            ]
          },
          "opportunities": {
            "types": [
              { "connectWise": 1, "crm": "New business" }, { "connectWise": 2, "crm": "Renewal" }, { "connectWise": 3, "crm": "Project" },
              { "connectWise": null, "crm": "No type" }
            ],
            "stages": [
              { "status": 2, "stage": null, "pipeline": "Sales", "crmStage": "Won" },
              { "status": 3, "stage": null, "pipeline": "Sales", "crmStage": "Lost" },
              { "status": null, "stage": 3, "pipeline": "Sales", "crmStage": "Proposal" },
              { "status": null, "stage": null, "pipeline": "Sales", "crmStage": "Qualification" }
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
