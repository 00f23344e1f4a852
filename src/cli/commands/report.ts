import type { Report } from '../../report/report.ts'
import type { Result } from '../../result/result.ts'
import type { Checked } from '../../units/problem.ts'
import { ANALYSIS_FLAGS, readAnalysisOptions } from '../analysis-flags.ts'
import type { AnalysisOptions } from '../analysis-flags.ts'
import type { Command } from '../command.ts'
import { conclude } from '../conclude.ts'
import type { Effects } from '../effects.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Wanted } from '../given-words.ts'
import { openReport } from '../open-report.ts'
import { refuse } from '../refuse.ts'
import { REPORT_FORMATS } from '../report-formats.ts'
import type { ReportFormat } from '../report-formats.ts'
import { tellGithub } from '../tell-github.ts'

const FORMATS: ReadonlyMap<string, ReportFormat> = new Map(Object.entries(REPORT_FORMATS))
const NAMES = Object.keys(REPORT_FORMATS).join(', ')

const FORMAT: Wanted<ReportFormat> = {
  parse: text => FORMATS.get(text),
  expected: `one of ${NAMES}`,
  example: 'html',
}

export const report: Command = {
  name: 'report',
  operands: { usage: '<report.json>', least: 1, most: 1 },
  purpose: 'Judge a recorded run anew, or show it in another form.',
  details:
    'Every number is computed again from what was measured, with this version and these flags. ' +
    'The .journal file of a run that was cut off is taken as well.',
  flags: {
    format: { kind: 'text', does: `${NAMES} (default: terminal)`, group: 'Output' },
    out: { kind: 'text', letter: 'o', does: 'file to write to (default: standard output)', group: 'Output' },
    'no-color': { kind: 'switch', does: 'no colours (as with NO_COLOR set)', group: 'Output' },
    ...ANALYSIS_FLAGS,
  },
  examples: [
    ['report reports/shop.json --peak 8000/s', 'would it carry another peak?'],
    ['report reports/shop.json --format html -o shop.html', 'a page to pass on'],
  ],
  async run(words, effects) {
    const { terminal, files } = effects
    const options = readAnalysisOptions(words)
    const out = words.text('out')
    const render = words.parsed('format', FORMAT) ?? REPORT_FORMATS.terminal
    const colour = terminal.colour && out === undefined && !words.isOn('no-color')
    const [path] = words.operands
    const opened = path === undefined ? undefined : await openReport(path, files)
    const judged = opened?.ok === true ? judgeAnew(opened.value, options, path ?? '') : opened
    const problems = [...words.problems, ...(judged?.ok === false ? judged.problems : [])]
    if (judged?.ok !== true || problems.length > 0) return refuse(problems, terminal)
    const text = await render(judged.value, { columns: terminal.columns, colour }, files)
    const exit = await deliver(text, out, effects)
    await tellGithub(judged.value, { report: path }, effects)
    return exit
  },
}

/** What stands in a file may be damaged in ways that only show when it is worked with; that is not our fault. */
function judgeAnew(result: Result, options: AnalysisOptions, file: string): Checked<Report> {
  try {
    return { ok: true, value: conclude(result, options) }
  } catch (error) {
    const message = `the measurements in it cannot be worked with: ${(error as Error).message}`
    const fix = 'give the file as plimsoll run wrote it'
    return { ok: false, problems: [{ code: 'report/damaged', message, fix, at: { file } }] }
  }
}

async function deliver(
  text: string,
  out: string | undefined,
  { terminal, files }: Effects,
): Promise<ExitCode> {
  if (out === undefined) {
    terminal.print(text)
    return EXIT.passed
  }
  try {
    await files.replace(out, text)
  } catch (error) {
    const message = `${out} cannot be written: ${(error as Error).message}`
    const fix = 'name a file in a folder that you may write to'
    return refuse([{ code: 'report/cannot-write', message, fix, at: { file: '--out' } }], terminal)
  }
  terminal.tell(`wrote ${out}\n`)
  return EXIT.passed
}
