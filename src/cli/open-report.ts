import type { Result } from '../result/result.ts'
import { readJournal } from '../trial/journal.ts'
import type { Checked } from '../units/problem.ts'
import type { Files } from './effects.ts'

/** The RESULT inside a report, or rebuilt from the journal of a run that was cut off. */
export async function openReport(path: string, files: Files): Promise<Checked<Result>> {
  let text: string
  try {
    text = await files.readText(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is no such file' : `the file cannot be read: ${message}`
    return refused(path, 'report/unreadable', why, 'give the JSON file that plimsoll run wrote')
  }
  if (text.startsWith('{"schema":"plimsoll/journal@')) return readJournal(text, path)
  return readReport(text, path)
}

const KNOWN = 'plimsoll/report@1'

function readReport(text: string, path: string): Checked<Result> {
  let report: { readonly schema?: unknown; readonly result?: Partial<Result> | null } | null
  try {
    report = JSON.parse(text) as typeof report
  } catch (error) {
    const [code, message, fix] = wordSyntax(text, (error as Error).message.replaceAll(/\s+/g, ' '))
    return refused(path, code, message, fix)
  }
  const schema = report?.schema
  if (schema !== KNOWN) {
    const message =
      typeof schema === 'string'
        ? `its schema is ${JSON.stringify(schema)}; this version reads ${KNOWN}`
        : `it does not say schema: ${JSON.stringify(KNOWN)}, so it is no report of plimsoll`
    return refused(path, 'report/unknown-schema', message, 'give a report of this version of plimsoll')
  }
  const result = report?.result
  if (!isResult(result)) {
    const message = 'the measurements in it (result) are missing or not whole'
    return refused(path, 'report/damaged', message, 'give the report as plimsoll run wrote it')
  }
  return { ok: true, value: result }
}

/** Code, message and fix for a text that is not JSON. */
function wordSyntax(text: string, why: string): readonly [string, string, string] {
  if (!text.trimStart().startsWith('{'))
    return [
      'report/not-json',
      'this is not JSON, and so no report: it does not begin with {',
      'give the JSON file that plimsoll run wrote; with a scenario, plimsoll run makes one',
    ]
  if (/^(?:Unexpected end|Unterminated)/.test(why) || why.includes(`position ${text.length}`))
    return [
      'report/not-json',
      `this ends in the middle, after ${text.length} characters`,
      'copy the whole file anew; of a run that was cut off, give its .journal',
    ]
  return [
    'report/not-json',
    `this is not JSON: ${why}`,
    'give the JSON file that plimsoll run wrote, unchanged',
  ]
}

function isResult(value: Partial<Result> | null | undefined): value is Result {
  return (
    value?.schema === 'plimsoll/result@1' &&
    Array.isArray(value.windows) &&
    Array.isArray(value.samples) &&
    Array.isArray(value.plan?.stages) &&
    value.run !== undefined &&
    value.ended !== undefined &&
    value.drain !== undefined
  )
}

const refused = (file: string, code: string, message: string, fix: string): Checked<never> => ({
  ok: false,
  problems: [{ code, message, fix, at: { file } }],
})
