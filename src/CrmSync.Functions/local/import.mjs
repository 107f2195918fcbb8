// Imports a simulated ConnectWise account through the app that start.mjs runs, into the built-in CRM behind the HTTP contract; both end with the import.
//   node src/CrmSync.Functions/local/import.mjs [--companies 400] [--seed 1] [--server http://127.0.0.1:7071] [--data .crmsync/azurite]
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const data = resolve(root, option('data', '.crmsync/azurite'));
const crmData = join(data, 'crm');
const setupFile = join(data, 'setup.json');
mkdirSync(crmData, { recursive: true });

const project = ['run', '--project', 'src/CrmSync.Standalone', '--no-build', '--'];
const children = [];
// Starts a server and gives the JSON object that it says when it answers.
const serve = (...args) => new Promise((answer, fail) => {
  const child = spawn('dotnet', [...project, ...args, '--json'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  children.push(child);
  let text = '';
  child.stdout.on('data', piece => {
    text += piece;
    try { answer(JSON.parse(text)); } catch { /* Not all of it yet. */ }
  });
  child.once('exit', () => fail(new Error(`"crmsync ${args.join(' ')}" ended: ${text}`)));
});
const run = (...args) => {
  const env = { ...process.env, CRMSYNC_KEY: readFileSync(join(data, 'operator.key'), 'utf8').trim() };
  return spawnSync('dotnet', [...project, ...args, '--server', option('server', 'http://127.0.0.1:7071')], { cwd: root, env, stdio: 'inherit' }).status;
};

try {
  if (spawnSync('dotnet', ['build', '-v', 'q', '--nologo', 'src/CrmSync.Standalone'], { cwd: root, stdio: 'inherit' }).status !== 0) {
    process.exit(1);
  }

  const connection = await serve('simulate', '--port', '7080', '--companies', option('companies', '400'), '--seed', option('seed', '1'));
  const crm = await serve('crm', 'serve', '--port', '7072', '--data', crmData);
  const steps = {
    tenant: 'local', name: 'Local',
    connection: { ...connection, crm: { kind: 'http', address: crm.url, token: readFileSync(crm.tokenFile, 'utf8').trim() } },
    users: { types: '*', invite: true }, companies: { types: '*' }, contacts: { types: '*' }, solutions: { combinations: '*' },
    activities: { types: '*' }, opportunities: { types: '*', stages: ['*'] },
  };
  writeFileSync(setupFile, JSON.stringify(steps), { mode: 0o600 });
  process.exitCode = run('setup', '--file', setupFile) || run('import', '--tenant', 'local');
} finally {
  children.forEach(child => { child.removeAllListeners('exit'); try { process.kill(-child.pid, 'SIGTERM'); } catch { child.kill(); } });
}
