import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { REPOSITORY, runCli } from '../support/run-cli.ts'

const FLAGS = {
  run: [
    [
      'target set allow-host workers seed low-cpu calibrate out html quiet no-color json peak backends headroom',
      'http ca insecure cert key server-name',
      'from to precision budget gentle soak promise resume',
    ].flatMap(names => names.split(' ')),
    'plimsoll run <scenario.yaml | URL>',
  ],
  validate: [['target', 'set'], 'plimsoll validate <scenario.yaml>...'],
  init: [['target', 'force'], 'plimsoll init [file]'],
  report: ['format out no-color peak backends headroom'.split(' '), 'plimsoll report <report.json>'],
  compare: [
    [
      'run paired margin confidence force format out quiet no-color',
      'pairs scenario knee reports set seed allow-host workers low-cpu',
      'http ca insecure cert key server-name',
    ].flatMap(names => names.split(' ')),
    'plimsoll compare [flags] <baseline.json>... -- <candidate.json>...',
  ],
  aa: [
    [
      'comparisons pairs margin quiet',
      'scenario knee reports set seed allow-host workers low-cpu',
      'http ca insecure cert key server-name',
    ].flatMap(names => names.split(' ')),
    'plimsoll aa [URL]',
  ],
  gate: [
    'baseline history policy strict margin force format out no-color'.split(' '),
    'plimsoll gate <report.json>...',
  ],
  history: [
    'name last format out no-color keep older-than dry-run'.split(' '),
    'plimsoll history [prune] [FOLDER]',
  ],
  size: [
    [
      'peak peak-from growth peak-lasts headroom survive zones scale-time load-growth backends',
      'cache-hit retries retry-budget queue-budget cost-per-backend egress-cost cdn objects ttl edges shield no-collapsing',
      'cache-room simulate verify with verify-for gateway-timeout format out no-color config listen address health-path',
    ].flatMap(names => names.split(' ')),
    'plimsoll size <report.json>...',
  ],
  lab: ['set seed low-cpu law apart port host socket'.split(' '), 'plimsoll lab [NAME]'],
  demo: ['seed quiet no-color json'.split(' '), 'plimsoll demo'],
} as const
const COMMANDS = Object.keys(FLAGS) as (keyof typeof FLAGS)[]

const longest = (text: string): number => Math.max(...text.split('\n').map(line => line.length))

describe('plimsoll --help', () => {
  test('names every command and every exit code, in 80 columns, on standard output', async () => {
    const { exitCode, stdout, stderr } = await runCli(['--help'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  plimsoll ${command} +\\S`, 'm'))
    for (const code of [0, 1, 2, 3, 99, 130]) expect(stdout).toMatch(new RegExp(`^ +${code}  [a-z]`, 'm'))
    expect(stdout).toContain('143')
    expect(longest(stdout)).toBeLessThanOrEqual(80)
  })

  test('says the same in a locale that yargs has a translation for', async () => {
    const english = await runCli(['run', '--help'])
    process.env['LC_ALL'] = 'de_DE.UTF-8'
    const german = await runCli(['run', '--help'])
    delete process.env['LC_ALL']
    expect(german.stdout).toBe(english.stdout)
  })
})

describe.each(COMMANDS)('plimsoll %s --help', command => {
  test('has its usage, one sentence, every flag with a description, two examples, in 80 columns', async () => {
    const [flags, usage] = FLAGS[command]
    const { exitCode, stdout, stderr } = await runCli([command, '--help'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    // Where operands stand on both sides of a --, flags come before them.
    expect(stdout).toContain(`Usage: ${usage.includes('[flags]') ? usage : `${usage} [flags]`}\n`)
    expect(stdout).toMatch(/^[A-Z].*\.$/m)
    for (const flag of flags) expect(stdout).toMatch(new RegExp(`--${flag} +\\S`))
    expect(stdout.match(/^ +(-.,)? *--[a-z-]+ /gm)).toHaveLength(flags.length + 2)
    const examples = stdout.slice(stdout.indexOf('Examples:'))
    expect(examples.match(new RegExp(`^  plimsoll ${command}`, 'gm'))).toHaveLength(2)
    expect(longest(stdout)).toBeLessThanOrEqual(80)
  })
})

test('plimsoll alone prints the help on standard error and exits 2: nothing was asked', async () => {
  const help = await runCli(['--help'])
  const { exitCode, stdout, stderr } = await runCli([])
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: help.stdout })
})

test('plimsoll --version prints the version of package.json', async () => {
  const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
    version: string
  }
  expect(await runCli(['--version'])).toMatchObject({ exitCode: 0, stdout: `${version}\n` })
})
