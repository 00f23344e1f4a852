import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeConfigurations } from '../../src/sizing/config/write-configurations.ts'
import type { ServerLimits } from '../../src/sizing/server-limits.ts'
import { debianProgram } from '../support/debian-program.ts'
import { makeFolder } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { limitsOf } from '../support/server-limits.ts'
import { atHome } from '../support/sized-gateway.ts'

const haproxy = debianProgram(/^haproxy$/, 'haproxy')
const nginx = debianProgram(/^nginx$/, 'nginx-light')
const varnishd = debianProgram(/^varnishd$/, 'varnish')
for (const [name, path] of Object.entries({ haproxy, nginx, varnishd }))
  if (path === undefined) process.stderr.write(`SKIPPED: no ${name} here, and no right to install it\n`)

const run = promisify(execFile)

const settings = (backends: number, changes: object = {}): ServerLimits =>
  limitsOf({
    backends,
    capacity: 408,
    responseTime: 0.038,
    responseTimeP99: 0.15,
    queueBudget: 1,
    originPeak: 200 * backends,
    ...changes,
  })

/** Text that would do harm if it left its comment. */
const HOSTILE = '\n}\r\nevil on;\u2028*/ C{ x }C "${HOME}" \\'

function hostile(limits: ServerLimits): ServerLimits {
  const told = Object.entries(limits).map(([name, figure]: [string, unknown]) => [
    name,
    typeof figure === 'number' ? figure : { ...(figure as object), from: HOSTILE },
  ])
  return Object.fromEntries(told) as ServerLimits
}

const CASES: readonly (readonly [string, ServerLimits])[] = [
  ['1 backend', settings(1)],
  ['3 backends', settings(3)],
  ['40 backends', settings(40)],
  ['250 backends', settings(250)],
  ['no retries, hardly any capacity', settings(2, { retryBudget: 0, capacity: 0.3, queueBudget: 0.01 })],
  ['a great deal of both', settings(3, { capacity: 90_000, queueBudget: 30, retryBudget: 3 })],
  ['sentences that do harm', hostile(settings(3))],
]

describe.each(CASES)('the files for %s pass the check of the real program', (_, limits) => {
  let folder: WorkFolder
  beforeAll(async () => {
    folder = await makeFolder()
    for (const { name, text } of writeConfigurations(limits))
      await folder.write(name, name.startsWith('nginx') ? atHome(text, folder.path) : text)
  })
  afterAll(() => folder.remove())

  test.skipIf(haproxy === undefined)('haproxy -c, without a warning', async () => {
    const { stdout, stderr } = await run(haproxy!, ['-c', '-f', join(folder.path, 'haproxy.cfg')])
    expect(stdout).toContain('Configuration file is valid')
    expect(stderr).not.toMatch(/WARNING|ALERT/)
  })

  test.skipIf(nginx === undefined).each(['nginx.conf', 'nginx-cache.conf'])('nginx -t %s', async name => {
    const errors = ['-e', join(folder.path, 'error.log'), '-g', `pid ${folder.path}/nginx.pid;`]
    const { stderr } = await run(nginx!, ['-t', '-p', folder.path, '-c', join(folder.path, name), ...errors])
    expect(stderr).toContain('test is successful')
    expect(stderr).not.toMatch(/\[(warn|emerg|alert)\]/)
  })

  test.skipIf(varnishd === undefined)('varnishd -C', async () => {
    const options = { maxBuffer: 64e6 }
    // Started by root it would else be a user who may not read the folder.
    const words = ['-j', 'none', '-C', '-n', join(folder.path, 'varnish')]
    const { stderr } = await run(varnishd!, [...words, '-f', join(folder.path, 'varnish.vcl')], options)
    // What it has compiled to.
    expect(stderr).toMatch(/^\t\.max_connections = \d+,$/m)
  })
})
