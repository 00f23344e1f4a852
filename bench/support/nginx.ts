import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pinned } from './cores.ts'
import type { Child, Workshop } from './workshop.ts'

export interface Nginx {
  readonly http1: string
  /** HTTP/2 in clear text, from the first byte on. */
  readonly http2: string
  readonly child: Child
}

const LIMIT_MS = 60 * 60_000
const STARTS_WITHIN_MS = 5000

/** One worker on one core that answers `200 ok` to everything and writes nothing down. */
const configuration = (folder: string, port: number, http2Port: number): string => `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr error;
events { worker_connections 16384; }
http {
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  client_body_temp_path ${folder}/nginx-body;
  proxy_temp_path ${folder}/nginx-proxy;
  fastcgi_temp_path ${folder}/nginx-fastcgi;
  uwsgi_temp_path ${folder}/nginx-uwsgi;
  scgi_temp_path ${folder}/nginx-scgi;
  server { listen 127.0.0.1:${port} backlog=4096; location / { return 200 "ok"; } }
  server { listen 127.0.0.1:${http2Port} http2 backlog=4096; location / { return 200 "ok"; } }
}
`

/** @throws Error with nginx's own words when it does not answer within five seconds. */
export async function startNginx(workshop: Workshop, program: string, core: number): Promise<Nginx> {
  const [port, http2Port] = [await freePort(), await freePort()]
  const file = join(workshop.folder, 'nginx.conf')
  writeFileSync(file, configuration(workshop.folder, port, http2Port))
  const command = pinned(core, [program, '-e', 'stderr', '-p', workshop.folder, '-c', file])
  const child = workshop.start(command, { endsBy: 'SIGTERM', limitMs: LIMIT_MS })
  const http1 = `http://127.0.0.1:${port}/`
  let failure: string | undefined
  void child.ended.then(({ stderr }) => {
    failure = stderr
  })
  const giveUpAt = Date.now() + STARTS_WITHIN_MS
  while (!(await answers(http1))) {
    if (failure !== undefined || Date.now() > giveUpAt) {
      throw new Error(`nginx does not answer:\n${failure ?? (await child.end()).stderr}`)
    }
    await sleep(25)
  }
  return { http1, http2: `http://127.0.0.1:${http2Port}/`, child }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status === 200
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen({ host: '127.0.0.1', port: 0 })
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}
