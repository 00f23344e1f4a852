import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChildServer } from './child-server.ts'
import type { ChildServer } from './child-server.ts'

/** One request to `/`, as the gateway logged it when it was over. */
export interface Handled {
  readonly status: number
  /** Between its arrival at the gateway and its turn at a backend. */
  readonly waitedMs: number
}

export interface SizedGateway {
  readonly handled: () => Promise<readonly Handled[]>
  readonly stop: () => Promise<void>
}

/** What backends of the lab answer without counting it, or working for it. */
export const HEALTH_PATH = '/.lab/counts'

/** A loopback port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

const isAnswered = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}${HEALTH_PATH}`).then(
    async answer => (await answer.text()) !== '' && answer.ok,
    () => false,
  )

/** A real HAProxy in the foreground. The configuration has to log as `option httplog` does, to standard output. */
export async function startHaproxy(haproxy: string, text: string, port: number): Promise<SizedGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-haproxy-'))
  const file = join(folder, 'haproxy.cfg')
  await writeFile(file, text)
  const server = await startIn(folder, { command: haproxy, args: ['-db', '-f', file] }, port)
  return {
    handled: async () => server.output().split('\n').flatMap(readHaproxyLine),
    stop: () => stopIn(folder, server),
  }
}

/** `… app/b1 0/490/0/205/695 200 … "GET / HTTP/1.1"`: TR, Tw, Tc, Tr, Ta (HAProxy configuration manual, 8.2.3). */
function readHaproxyLine(line: string): readonly Handled[] {
  const found = / -?\d+\/(-?\d+)\/-?\d+\/-?\d+\/\+?\d+ (\d{3}) .*"GET \/ HTTP/.exec(line)
  return found === null ? [] : [{ status: Number(found[2]), waitedMs: Math.max(0, Number(found[1])) }]
}

/** A real nginx in the foreground. The configuration has to log in the format `sized`. */
export async function startNginx(nginx: string, text: string, port: number): Promise<SizedGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-nginx-sized-'))
  await writeFile(join(folder, 'nginx.conf'), atHome(text, folder))
  const args = ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')]
  const server = await startIn(
    folder,
    { command: nginx, args: [...args, '-g', `daemon off; pid ${folder}/nginx.pid;`] },
    port,
  )
  return {
    handled: async () =>
      (await readFile(join(folder, 'access.log'), 'utf8')).split('\n').flatMap(readNginxLine),
    stop: () => stopIn(folder, server),
  }
}

/** The same configuration, but for where nginx writes: it has to run as any user. */
export function atHome(text: string, folder: string): string {
  const own = ['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi'].map(
    one => `  ${one}_temp_path ${folder}/${one};`,
  )
  // Started by root, its workers would be a user who may not read the folder.
  const user = process.getuid?.() === 0 ? 'user root;\n' : ''
  return (
    user +
    text
      .replace('http {', `http {\n${own.join('\n')}`)
      .replaceAll('/var/log/nginx/', `${folder}/`)
      .replaceAll('/var/lib/nginx/', `${folder}/`)
  )
}

/** `… "GET / HTTP/1.1" 200 0.695 200 0.205 DELAYED`. A request that met several backends has a time for each. */
function readNginxLine(line: string): readonly Handled[] {
  const found = /"GET \/ HTTP[^"]*" (\d{3}) ([\d.]+) \S+ ([\d.]+) /.exec(line)
  if (found === null) {
    const refused = /"GET \/ HTTP[^"]*" (\d{3}) /.exec(line)
    return refused === null ? [] : [{ status: Number(refused[1]), waitedMs: 0 }]
  }
  return [{ status: Number(found[1]), waitedMs: (Number(found[2]) - Number(found[3])) * 1000 }]
}

async function startIn(
  folder: string,
  what: { readonly command: string; readonly args: readonly string[] },
  port: number,
): Promise<ChildServer> {
  try {
    return await startChildServer({ ...what, answers: () => isAnswered(port) })
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function stopIn(folder: string, server: ChildServer): Promise<void> {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
