// A SCIM 2.0 directory in memory, made of scimmy and scimmy-routers as their documents show: bearer token, users with the enterprise extension and one
// of a vendor's own. Prints its port as one line and ends with its standard input.
// Usage: SCIM_TOKEN=… node server.mjs

import { randomUUID } from 'node:crypto';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

const users = new Map();
const names = new Map();

const { Attribute, SchemaDefinition } = SCIMMY.Types;
const vendor = new SchemaDefinition('CrmSyncUser', 'urn:ietf:params:scim:schemas:extension:crmsync:2.0:User', 'Fields of a vendor', [
  new Attribute('dateTime', 'hireDate'),
  ...['locationId', 'teamId', 'positionId'].map((name) => new Attribute('string', name)),
]);

SCIMMY.Config.set({ patch: true, filter: 200, sort: true, bulk: false });
SCIMMY.Resources.declare(SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser.definition).extend(vendor), {
  ingress(resource, data) {
    const id = resource.id ?? randomUUID();
    const before = users.get(id);
    if (resource.id && !before) throw new SCIMMY.Types.Error(404, null, 'No such user');
    const name = data.userName.toLowerCase();
    if ((names.get(name) ?? id) !== id) throw new SCIMMY.Types.Error(409, 'uniqueness', 'The user name is taken');
    if (before) names.delete(before.userName.toLowerCase());
    names.set(name, id);
    const now = new Date();
    const user = { ...JSON.parse(JSON.stringify(data)), id, meta: { created: before?.meta.created ?? now, lastModified: now } };
    users.set(id, user);
    return user;
  },
  egress(resource) {
    if (resource.id) {
      if (!users.has(resource.id)) throw new SCIMMY.Types.Error(404, null, 'No such user');
      return users.get(resource.id);
    }

    const all = [...users.values()];
    return resource.filter ? resource.filter.match(all) : all;
  },
  degress(resource) {
    if (!users.has(resource.id)) throw new SCIMMY.Types.Error(404, null, 'No such user');
    names.delete(users.get(resource.id).userName.toLowerCase());
    users.delete(resource.id);
  },
});

const app = express();

// Back to an empty directory, for the next test.
app.post('/reset', (request, response) => {
  users.clear();
  names.clear();
  response.sendStatus(204);
});

// How often it was asked for what: by method, and whether it was for one user or for all.
const asked = {};
app.get('/asked', (request, response) => response.json(asked));
app.use('/scim/Users', (request, response, next) => {
  const what = `${request.method} ${request.path === '/' ? 'users' : 'user'}`;
  asked[what] = (asked[what] ?? 0) + 1;
  next();
});

app.use('/scim', new SCIMMYRouters({
  type: 'bearer',
  handler(request) {
    if (request.header('Authorization') !== `Bearer ${process.env.SCIM_TOKEN}`) throw new Error('Unknown token');
    return 'crmsync';
  },
}));

const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
