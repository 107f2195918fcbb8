param environmentName string
param location string
@secure()
param operatorKey string
param maximumInstances int
param tags object

var suffix = uniqueString(resourceGroup().id, environmentName)
var deployments = 'deployments'
var identityName = 'id-crmsync-${environmentName}'

// The built-in roles, by their fixed ids.
var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  secretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
}

module identity 'br/public:avm/res/managed-identity/user-assigned-identity:0.4.1' = {
  name: 'identity'
  params: { name: identityName, location: location, tags: tags }
}

module workspace 'br/public:avm/res/operational-insights/workspace:0.11.1' = {
  name: 'workspace'
  params: { name: 'log-crmsync-${environmentName}', location: location, tags: tags, dataRetention: 30 }
}

module insights 'br/public:avm/res/insights/component:0.6.0' = {
  name: 'insights'
  params: {
    name: 'appi-crmsync-${environmentName}'
    location: location
    tags: tags
    workspaceResourceId: workspace.outputs.resourceId
    disableLocalAuth: true
    roleAssignments: [
      { principalId: identity.outputs.principalId, principalType: 'ServicePrincipal', roleDefinitionIdOrName: roles.metricsPublisher }
    ]
  }
}

module storage 'br/public:avm/res/storage/storage-account:0.19.0' = {
  name: 'storage'
  params: {
    name: take('stcrmsync${suffix}', 24)
    location: location
    tags: tags
    skuName: 'Standard_ZRS'
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    // Reached by the app's identity over the public endpoint; close it with private endpoints where the network has them.
    networkAcls: { defaultAction: 'Allow', bypass: 'AzureServices' }
    blobServices: {
      containers: [{ name: deployments }]
      deleteRetentionPolicyEnabled: true
      deleteRetentionPolicyDays: 7
    }
    roleAssignments: [for role in [roles.blobOwner, roles.queueContributor, roles.tableContributor]: {
      principalId: identity.outputs.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionIdOrName: role
    }]
  }
}

module vault 'br/public:avm/res/key-vault/vault:0.12.1' = {
  name: 'vault'
  params: {
    name: take('kv-crmsync-${suffix}', 24)
    location: location
    tags: tags
    sku: 'standard'
    enableRbacAuthorization: true
    enablePurgeProtection: true
    networkAcls: { defaultAction: 'Allow', bypass: 'AzureServices' }
    secrets: [{ name: 'operator-key', value: operatorKey }]
    roleAssignments: [
      { principalId: identity.outputs.principalId, principalType: 'ServicePrincipal', roleDefinitionIdOrName: roles.secretsOfficer }
    ]
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-crmsync-${environmentName}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-crmsync-${suffix}'
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    // By its name, for the key must be known before the deployment begins; what else refers to the module makes the app wait for it.
    userAssignedIdentities: { '${resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', identityName)}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.outputs.resourceId
    siteConfig: { minTlsVersion: '1.2', ftpsState: 'Disabled', healthCheckPath: '/api/health' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.outputs.primaryBlobEndpoint}${deployments}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.outputs.resourceId }
        }
      }
      scaleAndConcurrency: { maximumInstanceCount: maximumInstances, instanceMemoryMB: 2048 }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      AzureWebJobsStorage__accountName: storage.outputs.name
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.outputs.clientId
      CrmSync__Storage__KeyVault: vault.outputs.uri
      CRMSYNC_OPERATOR_KEY: '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/operator-key)'
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.outputs.connectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.outputs.clientId};Authorization=AAD'
    }
  }
}

output functionName string = app.name
output functionUrl string = 'https://${app.properties.defaultHostName}'
output vaultUri string = vault.outputs.uri
output insightsId string = insights.outputs.resourceId
output storageId string = storage.outputs.resourceId
