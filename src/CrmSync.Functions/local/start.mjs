// Starts Azurite and the app under Azure Functions Core Tools; Ctrl-C ends both.
//   node src/CrmSync.Functions/local/start.mjs [--configuration Release] [--port 7071] [--data .crmsync/azurite]
// Azurite: the one that "npm ci" put beside the storage tests, else "azurite" on the PATH. Core Tools: "func" on the PATH, or the command in CRMSYNC_FUNC.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const data = resolve(root, option('data', '.crmsync/azurite'));
const port = option('port', '7071');
const output = join(root, 'src/CrmSync.Functions/bin', option('configuration', 'Debug'), 'net10.0');
if (!existsSync(join(output, 'host.json'))) {
  console.error('The app has not been built: dotnet build src/CrmSync.Functions');
  process.exit(1);
}

mkdirSync(data, { recursive: true });
const keyFile = join(data, 'operator.key');
if (!existsSync(keyFile)) {
  writeFileSync(keyFile, `crmsync_${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
}

const listens = () => new Promise(answer => {
  const socket = connect(10002, '127.0.0.1').once('connect', () => { socket.destroy(); answer(true); }).once('error', () => answer(false));
});
const children = [];
const start = (command, args, env) => {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], detached: true, env: { ...process.env, ...env } });
  child.once('error', error => { console.error(`${command}: ${error.message}`); end(1); });
  children.push(child);
  return child;
};
// With all that they have started. Core Tools do not listen to SIGTERM.
const end = code => {
  const tell = signal => children.forEach(child => { try { process.kill(-child.pid, signal); } catch { child.kill(signal); } });
  tell('SIGINT');
  setTimeout(() => tell('SIGKILL'), 10_000).unref();
  process.exitCode = code;
};
process.once('SIGINT', () => end(0)).once('SIGTERM', () => end(0));

if (!await listens()) {
  const installed = join(root, 'tests/CrmSync.Storage.Azure.Tests/node/node_modules/azurite/dist/src/azurite.js');
  const args = ['--silent', '--skipApiVersionCheck', '--disableTelemetry', '--location', data];
  existsSync(installed) ? start(process.execPath, [installed, ...args]) : start('azurite', args);
  while (!await listens()) {
    await new Promise(later => setTimeout(later, 200));
  }
}

console.log(`The app will answer at http://127.0.0.1:${port}/api/health; the operator's key lies in ${keyFile}.`);
start(process.env.CRMSYNC_FUNC ?? 'func', ['start', '--no-build', '--script-root', output, '--port', port],
  { CRMSYNC_OPERATOR_KEY: readFileSync(keyFile, 'utf8').trim() }).once('exit', code => end(code ?? 0));
