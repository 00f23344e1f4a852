import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { labCatalogue } from '../../src/lab/catalogue.ts'
import { makeFolder, startPlimsoll } from '../support/plimsoll-process.ts'
import type { PlimsollProcess, WorkFolder } from '../support/plimsoll-process.ts'
import { runCli } from '../support/run-cli.ts'

let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
})
afterAll(() => folder.remove())

const status = (options: { port?: number; socketPath?: string; path: string }): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ ...options, agent: false }, response => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
      .on('error', reject)
      .end()
  })

const startLab = (...words: string[]): PlimsollProcess =>
  startPlimsoll(['lab', ...words], { cwd: folder.path })

describe('plimsoll lab', () => {
  test('without a name lists every server with what is true of it', async () => {
    const { exitCode, stdout } = await runCli(['lab'])
    expect(exitCode).toBe(0)
    for (const { name } of labCatalogue) expect(stdout).toMatch(new RegExp(`^${name}: `, 'm'))
    expect(stdout.match(/^ {2}knee +\S/gm)).toHaveLength(labCatalogue.length)
    // MM1K with its defaults: µ = 400/s.
    expect(stdout).toMatch(/^MM1K: (?:.*\n)*? {2}saturation +400\/s$/m)
  })

  test('with a name serves it until SIGTERM, then says what it counted', async () => {
    const lab = startLab('route', '--port', '0', '--set', 'service=1ms')
    const [, port] = await lab.printed(/^listening on http:\/\/127\.0\.0\.1:(\d+)$/m)
    expect(lab.stdout()).toContain('service=1ms')
    expect(lab.stdout()).toMatch(/^ {2}knee /m)
    const statuses: (number | undefined)[] = []
    for (const path of ['/', '/', '/plugin']) statuses.push(await status({ port: Number(port), path }))
    expect(statuses).toEqual([200, 200, 502])
    lab.signal('SIGTERM')
    expect(await lab.ended).toEqual({ exitCode: 0, signal: null })
    expect(lab.stdout()).toMatch(/received 3 requests\n {2}answered 200 {2}2\n {2}answered 502 {2}1\n$/)
  })

  test('serves on a unix socket, and ends on SIGINT', async () => {
    const socketPath = join(folder.path, 'lab.sock')
    const lab = startLab('D1', '--socket', socketPath)
    await lab.printed(/^listening on unix:.*lab\.sock$/m)
    expect(await status({ socketPath, path: '/' })).toBe(200)
    lab.signal('SIGINT')
    expect(await lab.ended).toEqual({ exitCode: 0, signal: null })
    expect(lab.stdout()).toContain('received 1 request\n')
  })

  test('serves the backends of a law, each at a port of its own', async () => {
    const law = {
      schema: 'plimsoll/lab-backends@1',
      backends: 2,
      capacityRps: 100,
      slots: 1,
      mostWaitSeconds: null,
      serviceTimes: [{ fromSeconds: 0.01, toSeconds: 0.01, requests: 1 }],
    }
    await folder.write('two.lab', JSON.stringify(law))
    const lab = startLab('--law', 'two.lab', '--apart', '--port', '0')
    const [, one, two] = await lab.printed(/^listening on http:.*:(\d+) http:.*:(\d+)$/m)
    for (const port of [one, two, two]) await status({ port: Number(port), path: '/' })
    lab.signal('SIGTERM')
    expect(await lab.ended).toEqual({ exitCode: 0, signal: null })
    expect(lab.stdout().match(/received \d+ requests?/g)).toEqual([
      'received 1 request',
      'received 2 requests',
    ])
  })

  test('tells all that is wrong with a law and the words beside it at once', async () => {
    await folder.write('bad.lab', '{"schema":"plimsoll/lab-backends@1"}')
    const { exitCode, stderr } = await runCli(
      ['lab', 'MM1K', '--law', 'bad.lab', '--apart', '--socket', 'x'],
      {
        cwd: folder.path,
      },
    )
    expect(exitCode).toBe(2)
    for (const told of [
      '--socket is for one server',
      '--law is for a server without a NAME',
      'capacityRps is not',
    ])
      expect(stderr).toContain(told)
  })

  test('says so when the port is taken', async () => {
    const first = startLab('D1', '--port', '0')
    const [, port = ''] = await first.printed(/:(\d+)$/m)
    const second = await runCli(['lab', 'D1', '--port', port], { within: 20_000 })
    expect(second).toMatchObject({ exitCode: 2, stdout: '' })
    expect(second.stderr).toMatch(/lab\/cannot-listen\n.*EADDRINUSE.*\n.*--port 0/)
    first.signal('SIGTERM')
    await first.ended
  })

  test('takes only what the server has, and only addresses of this machine', async () => {
    const run = await runCli(['lab', 'D1', '--set', 'servce=1ms', '--host', '0.0.0.0'], { within: 20_000 })
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain('--host usage/wrong-value')
    expect(run.stderr).toMatch(/--set lab\/unknown-parameter\n.*\n.*service/)
  })
})
