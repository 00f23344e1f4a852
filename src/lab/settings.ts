import type { Checked, Problem } from '../units/problem.ts'
import { defaultsOf } from './lab-entry.ts'
import type { LabEntry, Values } from './lab-entry.ts'
import { nearest } from '../units/nearest.ts'
import { readParameter, wantedOf } from './parameter-text.ts'

const problem = (code: string, message: string, fix: string): Problem => ({
  code,
  message,
  fix,
  at: { file: '--set' },
})

function readSetting(entry: LabEntry, text: string): [name: string, value: number] | Problem {
  const names = Object.keys(entry.parameters)
  const split = text.indexOf('=')
  if (split < 1) {
    return problem(
      'lab/not-a-setting',
      `${JSON.stringify(text)} is not a parameter with a value`,
      `write, for example, ${names[0]}=…`,
    )
  }
  const name = text.slice(0, split).trim().toLowerCase()
  const parameter = entry.parameters[name]
  if (parameter === undefined) {
    return problem(
      'lab/unknown-parameter',
      `${entry.name} has no parameter ${name}; it has ${names.join(', ')}`,
      `write ${nearest(name, names) ?? names[0] ?? 'name'}=…`,
    )
  }
  const value = readParameter(parameter.kind, text.slice(split + 1).trim())
  if (value !== undefined) return [name, value]
  return problem(
    'lab/bad-value',
    `${text} gives ${entry.name} no ${parameter.meaning}`,
    `write ${name}= and ${wantedOf(parameter.kind)}`,
  )
}

/** Defaults, overridden by settings such as `rate=400`, the last of a name winning. All problems at once. */
export function readSettings(entry: LabEntry, settings: readonly string[]): Checked<Values> {
  const read = settings.map(text => readSetting(entry, text))
  const problems = read.filter((one): one is Problem => !Array.isArray(one))
  if (problems.length > 0) return { ok: false, problems }
  const given = read.filter((one): one is [string, number] => Array.isArray(one))
  return { ok: true, value: { ...defaultsOf(entry), ...Object.fromEntries(given) } }
}
