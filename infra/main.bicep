// CrmSync in one resource group: a Flex Consumption app with a managed identity, storage without shared keys, a Key Vault, Application Insights, alerts.
targetScope = 'subscription'

@description('Name of the environment; part of every name.')
@minLength(2)
@maxLength(16)
param environmentName string

@description('Region of everything. Flex Consumption must be available there.')
param location string

@description('Who hears of alerts; empty for nobody.')
param alertEmail string = ''

@description('The operator\'s key, at least 32 characters: kept in the Key Vault. It opens every tenant.')
@secure()
@minLength(32)
param operatorKey string

@description('Most instances that the app scales out to.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-crmsync-${environmentName}'
  location: location
  tags: tags
}

module app 'app.bicep' = {
  scope: group
  name: 'app'
  params: {
    environmentName: environmentName
    location: location
    operatorKey: operatorKey
    maximumInstances: maximumInstances
    tags: tags
  }
}

module alerts 'alerts.bicep' = {
  scope: group
  name: 'alerts'
  params: {
    environmentName: environmentName
    location: location
    email: alertEmail
    insightsId: app.outputs.insightsId
    storageId: app.outputs.storageId
    tags: tags
  }
}

output AZURE_FUNCTION_NAME string = app.outputs.functionName
output AZURE_FUNCTION_URL string = app.outputs.functionUrl
output AZURE_KEY_VAULT string = app.outputs.vaultUri
