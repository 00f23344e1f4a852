import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'node:https'
import { startChildServer } from './child-server.ts'
import type { SelfSigned } from './self-signed.ts'

/** A line of the access log. */
export interface Logged {
  readonly protocol: string
  readonly status: number
  /** Number of the connection, and which of its requests this was, from 1. */
  readonly connection: number
  readonly requestOfConnection: number
  readonly method: string
  readonly requestBytes: number
}

export interface NginxHttp2 {
  /** With TLS, and in the clear with prior knowledge. */
  readonly tlsPort: number
  readonly clearPort: number
  readonly logged: () => Promise<readonly Logged[]>
  readonly stop: () => Promise<void>
}

export interface NginxLimits {
  /** Most streams at once on a connection. */
  readonly streams: number
  /** After so many requests nginx takes leave of a connection with GOAWAY. */
  readonly requests: number
}

const configuration = (
  folder: string,
  tls: number,
  clear: number,
  { streams, requests }: NginxLimits,
): string => `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log error;
events { worker_connections 4096; }
http {
  log_format facts '$server_protocol $status $connection $connection_requests $request_method $content_length';
  access_log off;
  client_body_temp_path ${folder}/body;
  fastcgi_temp_path ${folder}/fastcgi;
  proxy_temp_path ${folder}/proxy;
  scgi_temp_path ${folder}/scgi;
  uwsgi_temp_path ${folder}/uwsgi;
  http2_max_concurrent_streams ${streams};
  keepalive_requests ${requests};
  server {
    listen 127.0.0.1:${tls} ssl http2;
    listen 127.0.0.1:${clear} http2;
    ssl_certificate ${folder}/cert.pem;
    ssl_certificate_key ${folder}/key.pem;
    location = /uncounted { return 204; }
    location / {
      access_log ${folder}/access.log facts;
      root ${folder};
    }
    location = /ok {
      access_log ${folder}/access.log facts;
      return 200 "ok";
    }
    location = /bad {
      access_log ${folder}/access.log facts;
      return 502;
    }
  }
}
`

async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()]
  for (const server of servers) await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const [first, second] = servers.map(server => (server.address() as AddressInfo).port)
  for (const server of servers) await new Promise(resolve => server.close(resolve))
  return [first!, second!]
}

const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const options = { host: '127.0.0.1', port, path: '/uncounted', rejectUnauthorized: false, agent: false }
    request(options, response => resolve(response.resume().statusCode === 204))
      .on('error', () => resolve(false))
      .end()
  })

/** A real nginx of one process in a folder of its own, with these files to serve. */
export async function startNginxHttp2(
  nginx: string,
  { key, cert }: SelfSigned,
  limits: NginxLimits,
  files: Readonly<Record<string, string>> = {},
): Promise<NginxHttp2> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-nginx-http2-'))
  const [tlsPort, clearPort] = await freePorts()
  const all = { ...files, 'key.pem': key, 'cert.pem': cert }
  for (const [name, text] of Object.entries(all)) await writeFile(join(folder, name), text)
  const file = join(folder, 'nginx.conf')
  await writeFile(file, `${asOwner()}${configuration(folder, tlsPort, clearPort, limits)}`)
  const server = await startChildServer({
    command: nginx,
    args: ['-p', folder, '-c', file],
    answers: () => answers(tlsPort),
  })
  return {
    tlsPort,
    clearPort,
    logged: async () => (await readFile(join(folder, 'access.log'), 'utf8')).trim().split('\n').map(toLogged),
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Started by root, its worker would be a user who may not read the folder. */
const asOwner = (): string => (process.getuid?.() === 0 ? 'user root;\n' : '')

function toLogged(line: string): Logged {
  const [protocol, status, connection, requestOfConnection, method, length] = line.split(' ')
  return {
    protocol: protocol!,
    status: Number(status),
    connection: Number(connection),
    requestOfConnection: Number(requestOfConnection),
    method: method!,
    requestBytes: length === '-' ? 0 : Number(length),
  }
}
