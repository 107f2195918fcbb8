'use strict';

// A mail server on loopback that tells what arrives, one line of JSON an event, and fails in the way that it is asked to.
// Usage: node witness.js <json>, with
//   secure    TLS from the first byte        key, cert  PEM, without which STARTTLS is not offered
//   users     {user: password}; with them nobody sends without a login
//   fault     where it fails: see the handlers below        code  with what answer, where it answers      said  in what words
// It ends when its standard input does.

const { SMTPServer } = require('smtp-server');
const { simpleParser } = require('mailparser');

const options = JSON.parse(process.argv[2]);
const tell = (event, more) => process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);
const refusal = () => Object.assign(new Error(options.said ?? 'No.'), { responseCode: options.code });
const fails = (where) => options.fault === where;

const socketOf = (session) => {
  for (const connection of server.connections) {
    if (connection.id === session.id) return connection._socket;
  }
  throw new Error('No such connection.');
};

const server = new SMTPServer({
  secure: options.secure === true,
  key: options.key,
  cert: options.cert,
  disabledCommands: options.key ? [] : ['STARTTLS'],
  authOptional: !options.users,
  allowInsecureAuth: true,
  disableReverseLookup: true,

  // Announced, so that clients measure their message beforehand as they do for most servers.
  size: 100_000_000,
  logger: false,

  onConnect(session, callback) {
    tell('connected');
    if (fails('silence')) return;
    callback(fails('connect') ? refusal() : null);
  },

  onAuth(auth, session, callback) {
    tell('login', { user: auth.username, method: auth.method, encrypted: session.secure });
    if (fails('login')) return callback(refusal());
    if (options.users?.[auth.username] !== auth.password) return callback(Object.assign(new Error('Wrong.'), { responseCode: 535 }));
    callback(null, { user: auth.username });
  },

  onMailFrom(address, session, callback) {
    callback(fails('sender') ? refusal() : null);
  },

  onRcptTo(address, session, callback) {
    callback(fails('recipient') ? refusal() : null);
  },

  onData(stream, session, callback) {
    // The command has come; the answer that asks for the message has not gone yet.
    if (fails('cut-before-message')) return socketOf(session).destroy();
    if (fails('cut-in-message')) {
      stream.once('data', () => {
        stream.pause();
        socketOf(session).resetAndDestroy();
      });
      return;
    }

    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', async () => {
      const raw = Buffer.concat(chunks);
      const mail = await simpleParser(raw);
      tell('mail', {
        encrypted: session.secure,
        user: session.user ?? null,
        sender: session.envelope.mailFrom.address,
        recipients: session.envelope.rcptTo.map((recipient) => recipient.address),
        raw: raw.toString('latin1'),
        headers: Object.fromEntries([...mail.headers.keys()].map((key) => [key, true])),
        lines: mail.headerLines.map((line) => line.key),
        autoSubmitted: mail.headers.get('auto-submitted'),
        contentType: mail.headers.get('content-type').value,
        messageId: mail.messageId,
        subject: mail.subject,
        date: mail.date,
        from: mail.from.value,
        to: mail.to.value,
        text: mail.text,
        html: mail.html,
      });
      if (fails('cut-after-message')) return socketOf(session).destroy();
      if (fails('silence-after-message')) return;
      callback(fails('message') ? refusal() : null);
    });
  },
});

server.on('error', () => {});
server.listen(0, '127.0.0.1', () => tell('listening', { port: server.server.address().port }));
process.stdin.on('end', () => process.stdout.write('', () => process.exit(0))).resume();
