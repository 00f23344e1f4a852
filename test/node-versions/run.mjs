/**
 * Proves that the built command runs under each version of Node that the package promises: its help, and a short
 * real run against its own lab whose counts add up. Newer versions come from the npm package `node`.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const VERSIONS = process.argv.length > 2 ? process.argv.slice(2) : ['22', '24']
const PLIMSOLL = join(dirname(fileURLToPath(import.meta.url)), '../../bin/plimsoll.js')
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-node-'))

/** Path of the executable of a major version, fetched once by npm into its own cache. */
function executable(version) {
  const args = ['-y', '-p', `node@${version}`, 'node', '-p', 'process.execPath']
  return execFileSync('npx', args, { cwd: folder, encoding: 'utf8', timeout: 300_000 }).trim()
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

async function untilAnswered(url) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answered = await fetch(url).then(
      answer => answer.arrayBuffer().then(() => true),
      () => false,
    )
    if (answered) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`${url} does not answer`)
}

function check(holds, claim) {
  if (!holds) throw new Error(`does not hold: ${claim}`)
}

async function prove(version) {
  const node = executable(version)
  const actual = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  check(actual.startsWith(`v${version}.`), `${actual} is Node ${version}`)
  check(
    /\bplimsoll\b/.test(execFileSync(node, [PLIMSOLL, '--help'], { encoding: 'utf8' })),
    '--help prints help',
  )

  const port = await freePort()
  const target = `http://127.0.0.1:${port}`
  const scenario = join(folder, `node-${version}.yaml`)
  const out = join(folder, `node-${version}.json`)
  writeFileSync(
    scenario,
    `name: node ${version}\ntarget: ${target}\nstages:\n  - { name: steady, rate: 100/s, for: 3s }\nrequests:\n  - { name: home, get: / }\n`,
  )
  const lab = spawn(node, [PLIMSOLL, 'lab', 'd1', '--port', String(port)], { stdio: 'ignore' })
  try {
    await untilAnswered(target)
    const words = ['run', scenario, '--seed', '1', '--out', out, '--quiet']
    const { status, stderr } = spawnSync(node, [PLIMSOLL, ...words], { encoding: 'utf8', timeout: 60_000 })
    // 3: the machine was busy with something else, so the run is not believed; its counts hold all the same.
    check(status === 0 || status === 3, `the run ends with 0 (${status})\n${stderr}`)
  } finally {
    lab.kill('SIGTERM')
  }
  const report = JSON.parse(readFileSync(out, 'utf8'))
  const [stage] = report.stages
  check(report.run.machine.node === actual, `the report was made by ${actual}`)
  check(stage.offered > 200 && stage.offered < 400, `about 300 requests were offered (${stage.offered})`)
  check(stage.statuses['200'] === stage.offered, `each was answered 200 (${JSON.stringify(stage.statuses)})`)
  console.log(`Node ${actual}: help, and ${stage.offered} requests offered and answered`)
}

try {
  for (const version of VERSIONS) await prove(version)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
