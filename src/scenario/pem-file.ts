import type { Place } from '../units/problem.ts'
import { besideFile } from './beside-file.ts'
import { readText } from './field.ts'
import type { Field, Report } from './field.ts'

/** A file that the scenario, or a flag, names. That it is there is for `load.ts` to see. */
export interface PemFile {
  readonly holds: 'authority' | 'certificate' | 'key'
  /** Relative to the working folder, or absolute. */
  readonly path: string
  readonly at: Place
}

/** Paths in the file are relative to its folder, those that were typed on the command line to the working folder. */
export function readPemFile(field: Field, holds: PemFile['holds'], report: Report): PemFile | undefined {
  const path = readText(field, report)
  if (path === undefined) return undefined
  const { at } = field.tree
  if (path !== '') return { holds, at, path: at.line === undefined ? path : besideFile(at.file, path) }
  const fix = `write ${field.key}: and the path of a PEM file, or remove it`
  return report({ code: 'scenario/tls-file', message: `${field.path} names no file`, fix }, at)
}
