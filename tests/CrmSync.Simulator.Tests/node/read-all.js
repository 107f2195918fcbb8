'use strict';

// Reads one list of a ConnectWise site to its end with connectwise-rest's own paging, and prints what it read as one line of JSON.
// Usage: node read-all.js <url> <companyId> <publicKey> <privateKey> <clientId> <resource> [conditions] [fields]

const { createHash } = require('node:crypto');
const { performance } = require('node:perf_hooks');
const { ManageAPI } = require('connectwise-rest');

const readers = {
  companies: (api) => api.CompanyAPI.getCompanyCompanies,
  contacts: (api) => api.CompanyAPI.getCompanyContacts,
  catalog: (api) => api.ProcurementAPI.getProcurementCatalog,
  activities: (api) => api.SalesAPI.getSalesActivities,
  opportunities: (api) => api.SalesAPI.getSalesOpportunities,
  members: (api) => api.SystemAPI.getSystemMembers,
};

async function main([url, companyId, publicKey, privateKey, clientId, resource, conditions, fields]) {
  const site = new URL(url);
  const api = new ManageAPI({ companyId, publicKey, privateKey, clientId, companyUrl: site.host, timeout: 120000 });

  // The package always speaks https. Each of its groups of calls has an axios instance of its own, whose base address is public:
  // only the scheme is changed there, and proxies are left out, so what is measured and witnessed is the package itself.
  const group = api[{ companies: 'CompanyAPI', contacts: 'CompanyAPI', catalog: 'ProcurementAPI', members: 'SystemAPI' }[resource] ?? 'SalesAPI'];
  for (const part of [api, group]) {
    if (part?.instance) {
      part.instance.defaults.baseURL = part.instance.defaults.baseURL.replace(/^https:/, site.protocol);
      part.instance.defaults.proxy = false;
    }
  }

  const parameters = {};
  if (conditions) parameters.conditions = conditions;
  if (fields) parameters.fields = fields;

  const started = performance.now();
  const records = await group.paginate(readers[resource](api), { pageSize: 1000 }, parameters);
  const seconds = (performance.now() - started) / 1000;

  const ids = records.map((record) => record.id);
  const hash = createHash('sha256').update(ids.join(',')).digest('hex');
  console.log(JSON.stringify({ count: ids.length, idsHash: hash, seconds }));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.status ?? '', error.message ?? error);
  process.exit(1);
});
