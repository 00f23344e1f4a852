import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { debianProgram } from '../support/debian-program.ts'
import { startNginxHttp2 } from '../support/nginx-http2.ts'
import type { Logged, NginxHttp2 } from '../support/nginx-http2.ts'
import { makeFolder } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'
import { selfSigned } from '../support/self-signed.ts'

const program = debianProgram(/^nginx$/, 'nginx-light')
if (program === undefined) process.stderr.write('SKIPPED: no nginx here, and no right to install it\n')

/** The command as a user types it, against a real nginx whose certificate nobody vouches for. */
describe.skipIf(program === undefined)('plimsoll run against nginx over TLS', () => {
  let nginx: NginxHttp2
  let folder: WorkFolder
  beforeAll(async () => {
    folder = await makeFolder()
    const certificate = selfSigned('IP:127.0.0.1')
    nginx = await startNginxHttp2(program!, certificate, { streams: 128, requests: 1_000_000 })
    await folder.write('ca.pem', certificate.cert)
    await scenario('rate: 200/s, for: 2s')
  })
  afterAll(async () => {
    await nginx.stop()
    await folder.remove()
  })

  const scenario = (stage: string): Promise<unknown> =>
    folder.write(
      'tls.yaml',
      `target: https://127.0.0.1:${nginx.tlsPort}\nstages: [{ name: all, ${stage} }]\nrequests: [{ get: /ok }]\n`,
    )
  const run = (...flags: readonly string[]): Promise<CliRun> =>
    runCli(['run', 'tls.yaml', '--out', 'report.json', '--workers', '1', ...flags], {
      cwd: folder.path,
    })
  /** An empty log reads as one line without a status. */
  const logged = async (): Promise<readonly Logged[]> =>
    (await nginx.logged()).filter(({ status }) => status > 0)
  const report = async (): Promise<Report> =>
    JSON.parse(await readFile(join(folder.path, 'report.json'), 'utf8')) as Report

  test('the certificate is refused by default, nothing is sent, and what to do is said', async () => {
    const { exitCode, stdout, stderr } = await run()
    expect(exitCode).toBe(3)
    const said = (stdout + stderr).replaceAll(/\s+/g, ' ')
    expect(said).toContain('DEPTH_ZERO_SELF_SIGNED_CERT')
    expect(said).toMatch(/--ca FILE.*--insecure/)
    expect((await report()).windows).toEqual([])
  })

  test.each([
    ['HTTP/1.1', 'HTTP/1.1', ['--ca', 'ca.pem']],
    ['HTTP/1.1 without verification', 'HTTP/1.1', ['--insecure']],
    ['HTTP/2', 'HTTP/2.0', ['--ca', 'ca.pem', '--http', '2']],
  ])('%s: what the report counts is what nginx has logged', async (_, protocol, flags) => {
    const before = (await logged()).length
    await run(...flags)
    const { stages, windows } = await report()
    const lines = (await logged()).slice(before)
    expect(lines.every(line => line.protocol === protocol && line.status === 200)).toBe(true)
    expect(stages[0]!.statuses).toEqual({ '200': lines.length })
    expect(lines.length).toBe(stages[0]!.offered)
    // Each connection had its TLS handshake timed.
    const opened = windows.reduce((sum, { connections }) => sum + (connections?.opened ?? 0), 0)
    expect(opened).toBeGreaterThanOrEqual(new Set(lines.map(({ connection }) => connection)).size)
    expect(windows[0]!.connections?.tlsTimeMs?.p50).toBeGreaterThan(0)
  })

  test('more than the generator can make: at least so much, generator limited, and no capacity is claimed', async () => {
    await scenario('from: 500/s, to: 300000/s, for: 4s')
    const { exitCode, stdout } = await run('--insecure')
    const { capacity, stages, trust } = await report()
    expect(exitCode).toBe(3)
    expect(stages[0]!.neverSent).toBeGreaterThan(10_000)
    expect(capacity.knee.bound).not.toBe('measured')
    expect(capacity.limitedBy === 'generator' || !trust.ok).toBe(true)
    const said = stdout.replaceAll(/\s+/g, ' ')
    expect(said).toMatch(/generator was the limit|generator limited/i)
    expect(said).toMatch(/more workers|another machine|machine of its own/)
  })
})
