/**
 * `npm run golden [-- NAME…]`: makes the reports of `reports/golden/` anew, or those that are named, by runs of the real
 * command against servers of the lab, or in virtual time. What is rendered from them is made by
 * `test/unit/cli/golden-reports.test.ts -u`.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PLIMSOLL, ROOT } from '../../bench/support/repository.ts'
import { say } from '../../bench/support/say.ts'
import { inWorkshop } from '../../bench/support/workshop.ts'
import type { Child, Workshop } from '../../bench/support/workshop.ts'
import type { Report } from '../../src/report/report.ts'
import { GOLDEN_DEPLOYS, deployReport } from './golden-deploys.ts'
import { GOLDEN_TRIALS, startOf } from './golden-trials.ts'
import type { GoldenReport, GoldenTrial } from './golden-trials.ts'
import { neutralReport } from './neutral-report.ts'

const LIMIT_MS = 10 * 60_000
const LOOK_EVERY_MS = 100
const TRIES = 4
/** Passed, inconclusive, failed, interrupted; null: killed, as wanted. */
const CARRIED_OUT: ReadonlySet<number | null> = new Set([0, 3, 99, 130, null])

await inWorkshop(async workshop => {
  const wanted = process.argv.slice(2)
  const all = [...GOLDEN_TRIALS, ...GOLDEN_DEPLOYS]
  const unknown = wanted.filter(name => !all.some(report => report.name === name))
  if (unknown.length > 0) {
    const names = all.map(({ name }) => name).join(', ')
    process.stderr.write(`there is no golden report ${unknown.join(', ')}; there are ${names}\n`)
    return 2
  }
  const failed: string[] = []
  for (const report of all) {
    if (wanted.length > 0 && !wanted.includes(report.name)) continue
    say(`${report.name}: ${report.shows}`)
    const text = 'serviceMs' in report ? deployReport(report) : await make(workshop, report)
    if (text === undefined) failed.push(report.name)
    else say(`  wrote ${keep(report, text)}`)
  }
  if (failed.length === 0) return 0
  say(`${failed.join(', ')}: none of ${TRIES} runs showed it; try again on an idle machine`)
  return 1
})

/** Undefined when no try shows what it is made for. */
async function make(workshop: Workshop, trial: GoldenTrial): Promise<string | undefined> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const text = neutralReport(await measure(workshop, trial), {
      id: `golden-${trial.name}`,
      startedAt: startOf(trial),
    })
    if (trial.isShown === undefined || trial.isShown(JSON.parse(text) as Report)) return text
    say('  this run does not show it; once more')
  }
  return undefined
}

/** The path of the file, from the repository. */
function keep(report: GoldenReport, text: string): string {
  const file = join('reports', 'golden', report.folder ?? '', fileOf(report))
  mkdirSync(dirname(join(ROOT, file)), { recursive: true })
  writeFileSync(join(ROOT, file), text)
  return file
}

function fileOf({ name, signal }: GoldenReport): string {
  return signal?.name === 'SIGKILL' ? `${name}.json.journal` : `${name}.json`
}

/** The text that one run leaves: its report, or the journal where it was killed. */
async function measure(workshop: Workshop, trial: GoldenTrial): Promise<string> {
  const target = await serve(workshop, trial.lab)
  try {
    const journal = join(workshop.folder, `${trial.name}.json.journal`)
    rmSync(journal, { force: true })
    const child = start(workshop, trial, target.url)
    if (trial.signal !== undefined) await signalLater(child, journal, trial.signal)
    const { code, stdout, stderr } = await child.ended
    if (!CARRIED_OUT.has(code)) throw new Error(`${trial.name} ended with ${code}:\n${stdout}${stderr}`)
    return readFileSync(join(workshop.folder, fileOf(trial)), 'utf8')
  } finally {
    await target.stop()
  }
}

interface Target {
  readonly url: string
  readonly stop: () => Promise<unknown>
}

async function serve(workshop: Workshop, lab: GoldenTrial['lab']): Promise<Target> {
  if (lab === 'http2') return serveHttp2()
  const words = ['lab', ...lab, '--seed', '7', '--low-cpu', '--port', '0']
  const child = workshop.start([process.execPath, PLIMSOLL, ...words], {
    endsBy: 'SIGTERM',
    limitMs: LIMIT_MS,
  })
  const [, url = ''] = await child.printed(/^listening on (http:\S+)$/m)
  return { url, stop: () => child.end() }
}

async function serveHttp2(): Promise<Target> {
  const server = createServer()
  server.on('stream', stream => {
    stream.respond({ ':status': 200, 'content-type': 'text/plain' })
    stream.end('a page')
  })
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise(resolve => void server.close(resolve)),
  }
}

function start(
  workshop: Workshop,
  { name, scenario, flags = [], descriptors }: GoldenTrial,
  url: string,
): Child {
  if (scenario !== undefined) writeFileSync(join(workshop.folder, `${name}.yaml`), scenario.trimStart())
  const what = scenario === undefined ? [url] : [`${name}.yaml`, '--target', url]
  const seed = flags.includes('--seed') ? [] : ['--seed', '7']
  const words = ['run', ...what, '--low-cpu', '--quiet', ...seed, ...flags, '--out', `${name}.json`]
  const command = [process.execPath, PLIMSOLL, ...words]
  const limited = ['/bin/sh', '-c', `ulimit -n ${descriptors}; exec "$0" "$@"`]
  return workshop.start(descriptors === undefined ? command : [...limited, ...command], { limitMs: LIMIT_MS })
}

async function signalLater(
  { process: child }: Child,
  journal: string,
  { name, afterLines }: NonNullable<GoldenTrial['signal']>,
): Promise<void> {
  const giveUpAt = performance.now() + LIMIT_MS
  while (child.exitCode === null && performance.now() < giveUpAt) {
    if (linesOf(journal) >= afterLines) break
    await sleep(LOOK_EVERY_MS)
  }
  child.kill(name)
}

function linesOf(path: string): number {
  try {
    return readFileSync(path, 'utf8').split('\n').length - 1
  } catch {
    return 0 // not there yet
  }
}
