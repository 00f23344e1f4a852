import { compareRuns } from '../../compare/compare-runs.ts'
import type { Comparison, ComparisonVerdict } from '../../compare/comparison.ts'
import type { Command } from '../command.ts'
import { COMPARISON_FORMATS } from '../comparison-formats.ts'
import type { ComparisonFormat } from '../comparison-formats.ts'
import type { Effects } from '../effects.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Wanted } from '../given-words.ts'
import { MARGIN_FLAGS, readMargins, readPerSide } from '../margin-flags.ts'
import { openRuns } from '../open-runs.ts'
import { refuse } from '../refuse.ts'

const FORMATS: ReadonlyMap<string, ComparisonFormat> = new Map(Object.entries(COMPARISON_FORMATS))
const NAMES = Object.keys(COMPARISON_FORMATS).join(', ')

const FORMAT: Wanted<ComparisonFormat> = {
  parse: text => FORMATS.get(text),
  expected: `one of ${NAMES}`,
  example: 'markdown',
}

const EXIT_CODES: Readonly<Record<ComparisonVerdict, ExitCode>> = {
  improved: EXIT.passed,
  equivalent: EXIT.passed,
  regressed: EXIT.failed,
  inconclusive: EXIT.inconclusive,
}

export const compare: Command = {
  name: 'compare',
  operands: { usage: '<baseline.json>...', least: 1, most: Infinity },
  operandsAfterDashes: { usage: '<candidate.json>...', least: 1, most: Infinity },
  purpose: 'Compare the runs of one deploy with those of another.',
  details:
    'Ends with 0 when the candidate is equivalent or improved, 99 when it regressed, 3 when the runs do not decide. ' +
    'Reports of different environments or scenarios are refused. Flags stand before the --.',
  flags: {
    paired: {
      kind: 'switch',
      does: 'the first baseline belongs to the first candidate, and so on (default: only if the runs were interleaved)',
      group: 'Comparison',
    },
    ...MARGIN_FLAGS,
    force: {
      kind: 'switch',
      does: 'compare although environments or scenarios differ, and show what differs',
      group: 'Comparison',
    },
    format: { kind: 'text', does: `${NAMES} (default: terminal)`, group: 'Output' },
    out: { kind: 'text', letter: 'o', does: 'file to write to (default: standard output)', group: 'Output' },
    'no-color': { kind: 'switch', does: 'no colours (as with NO_COLOR set)', group: 'Output' },
  },
  examples: [
    ['compare base-*.json -- new-*.json', 'is the new version worse?'],
    ['compare --format markdown -o comment.md a.json -- b.json', 'for a pull request'],
  ],
  async run(words, effects) {
    const { terminal, files } = effects
    const margins = readMargins(words)
    const perSide = readPerSide(words)
    const out = words.text('out')
    const render = words.parsed('format', FORMAT) ?? COMPARISON_FORMATS.terminal
    const colour = terminal.colour && out === undefined && !words.isOn('no-color')
    const [base, candidate] = [
      await openRuns(words.operands, files),
      await openRuns(words.operandsAfterDashes, files),
    ]
    const problems = [...words.problems, ...base.problems, ...candidate.problems]
    if (problems.length > 0) return refuse(problems, terminal)
    const options = { asPaired: words.isOn('paired'), margins, perSide, force: words.isOn('force') }
    const compared = compareRuns(base.runs, candidate.runs, options)
    if (!compared.ok) return refuse(compared.problems, terminal)
    const text = await render(compared.value, { columns: terminal.columns, colour }, files)
    return deliver(text, out, compared.value, effects)
  },
}

async function deliver(
  text: string,
  out: string | undefined,
  { verdict }: Comparison,
  { terminal, files }: Effects,
): Promise<ExitCode> {
  if (out === undefined) {
    terminal.print(text)
    return EXIT_CODES[verdict]
  }
  try {
    await files.replace(out, text)
  } catch (error) {
    const message = `${out} cannot be written: ${(error as Error).message}`
    const fix = 'name a file in a folder that you may write to'
    return refuse([{ code: 'compare/cannot-write', message, fix, at: { file: '--out' } }], terminal)
  }
  terminal.tell(`${verdict}; wrote ${out}\n`)
  return EXIT_CODES[verdict]
}
