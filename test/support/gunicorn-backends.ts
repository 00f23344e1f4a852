import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Endpoint } from '../../src/sizing/config/addresses.ts'
import { startChildServer } from './child-server.ts'
import type { ChildServer } from './child-server.ts'
import type { SizedBackends } from './sized-backends.ts'
import { freePort } from './sized-gateway.ts'

/** Processes of one gunicorn. Each does one request after the other and takes 40 ms, so that 100/s are more than all of them can do. */
const WORKERS = 4
const SECONDS = 0.04

/** Whatever is asked for but / is answered at once. */
const APPLICATION = `import time

def application(environ, start_response):
    if environ['PATH_INFO'] == '/':
        time.sleep(${SECONDS})
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '3')])
    return [b'ok\\n']
`

/** Real gunicorns with sync workers and its default backlog, as a Python site has them. */
export async function startGunicorns(gunicorn: string, count: number): Promise<SizedBackends> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-gunicorn-'))
  await writeFile(join(folder, 'shop.py'), APPLICATION)
  const servers: ChildServer[] = []
  const endpoints: Endpoint[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map(server => server.stop()))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    for (let i = 0; i < count; i += 1) {
      const port = await freePort()
      const words = `--bind 127.0.0.1:${port} --workers ${WORKERS} --graceful-timeout 1 --log-level warning`
      servers.push(
        await startChildServer({
          command: gunicorn,
          args: [...words.split(' '), 'shop:application'],
          cwd: folder,
          answers: () => isAnswered(port),
        }),
      )
      endpoints.push({ host: '127.0.0.1', port })
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { endpoints, stop }
}

const isAnswered = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health`).then(
    async answer => (await answer.text()) === 'ok\n',
    () => false,
  )

const ASKING = 16
const WARM_MS = 500
const COUNTED_MS = 4000

/** Answers a second where there is always somebody waiting, 1/s: counted here, and not by plimsoll. */
export async function saturationOf({ host, port }: Endpoint): Promise<number> {
  const begun = performance.now()
  const from = begun + WARM_MS
  const to = from + COUNTED_MS
  let answers = 0
  const ask = async (): Promise<void> => {
    for (;;) {
      await (await fetch(`http://${host}:${port}/`)).text()
      const now = performance.now()
      if (now > to) return
      if (now > from) answers += 1
    }
  }
  await Promise.all(Array.from({ length: ASKING }, ask))
  return answers / (COUNTED_MS / 1000)
}
