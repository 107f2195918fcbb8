param environmentName string
param location string
param email string
param insightsId string
param storageId string
param tags object

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-crmsync-${environmentName}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'crmsync'
    enabled: true
    emailReceivers: [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

// The event ids stand in the table of the README.
var rules = [
  {
    name: 'failed-runs'
    description: 'A run failed, or was accepted and nothing worked on it (events 1302, 1306).'
    query: 'traces | where customDimensions.EventId in ("1302", "1306")'
  }
  {
    name: 'paused-tenants'
    description: 'A tenant cannot go on: the other system does not answer, or refuses the credentials.'
    query: 'traces | where customDimensions.EventId == "1303" and customDimensions.Code matches regex "(^|-)(unauthorized|forbidden|not-connected|unreachable|moved)$"'
  }
]

resource found 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [for rule in rules: {
  name: 'alert-crmsync-${environmentName}-${rule.name}'
  location: location
  tags: tags
  properties: {
    description: rule.description
    severity: 2
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      allOf: [{ query: rule.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }]
    }
    actions: { actionGroups: empty(email) ? [] : [people.id] }
  }
}]

resource storageErrors 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-crmsync-${environmentName}-storage-errors'
  location: 'global'
  tags: tags
  properties: {
    description: 'The storage account answers with errors of its own or throttles.'
    severity: 2
    enabled: true
    scopes: [storageId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'errors'
          metricName: 'Transactions'
          dimensions: [
            {
              name: 'ResponseType'
              operator: 'Include'
              values: ['ServerOtherError', 'ServerBusyError', 'ServerTimeoutError', 'ClientThrottlingError', 'AuthorizationError']
            }
          ]
          operator: 'GreaterThan'
          threshold: 20
          timeAggregation: 'Total'
        }
      ]
    }
    actions: empty(email) ? [] : [{ actionGroupId: people.id }]
  }
}
