/**
 * `npm run accuracy`: plimsoll against servers and laws whose truth is known by closed forms. Writes docs/accuracy.md and
 * ends with 1 when a row lies outside its tolerance.
 *
 *   --only T4,T6   these tests alone
 *   --quick        fewer requests, the same tolerances
 *   --write FILE   writes the page there; with --only or --quick it is printed unless this is given
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createBench } from './accuracy/bench.ts'
import { ROOT } from './accuracy/child-process.ts'
import type { Part } from './accuracy/child-process.ts'
import { runClosedLoop } from './accuracy/closed-loop.ts'
import { watchMachine } from './accuracy/machine.ts'
import { probePath } from './accuracy/probe-path.ts'
import { isMet } from './accuracy/row.ts'
import { TESTS, runTests } from './accuracy/run-tests.ts'
import { burn } from './accuracy/starved-test.ts'
import { writePage } from './accuracy/write-page.ts'
import { withKeptSections } from './support/document-section.ts'

/** Sections of the page that `npm run bench:search` and `npm run truth` write. */
const KEPT = ['search', 'truth', 'compare', 'sizing']

/** What this program does in a process of its own, on the core of the load. */
const PARTS: { readonly [part in Part]: (question: never) => unknown } = {
  path: probePath,
  'closed-loop': runClosedLoop,
  hog: burn,
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'string' },
    part: { type: 'string' },
  },
  allowPositionals: true,
})

async function main(): Promise<number> {
  const { quick } = values
  const only = values.only === undefined ? [] : values.only.toUpperCase().replaceAll('B', 'b').split(',')
  const unknown = only.filter(test => !TESTS.includes(test))
  if (unknown.length > 0) {
    console.error(`there is no test ${unknown.join(', ')}; write --only with some of ${TESTS.join(',')}`)
    return 2
  }
  const machine = watchMachine()
  const bench = createBench(only, quick, text => console.error(text))
  const rows = await runTests(bench)
  const page = writePage(rows, { machine: machine.describe(), path: await bench.knownPath(), quick })
  const whole = only.length === 0 && !quick
  const file = values.write ?? (whole ? join(ROOT, 'docs', 'accuracy.md') : undefined)
  if (file === undefined) console.log(page)
  else await writeFile(file, withKeptSections(page, await readFile(file, 'utf8').catch(() => ''), KEPT))
  const missed = rows.filter(row => !isMet(row))
  console.error(`${rows.length - missed.length} of ${rows.length} rows within their tolerance`)
  return missed.length === 0 ? 0 : 1
}

async function runAsPart(part: string): Promise<number> {
  const question: unknown = JSON.parse(process.argv.at(-1)!)
  const answer: unknown = await PARTS[part as Part](question as never)
  console.log(JSON.stringify(answer ?? null))
  return 0
}

process.exitCode = await (values.part === undefined ? main() : runAsPart(values.part))
