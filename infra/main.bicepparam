using './main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param alertEmail = readEnvironmentVariable('CRMSYNC_ALERT_EMAIL', '')
param operatorKey = readEnvironmentVariable('CRMSYNC_OPERATOR_KEY')
