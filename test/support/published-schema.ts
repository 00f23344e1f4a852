import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const NAMES = ['comparison', 'gate', 'history', 'report'] as const
export type SchemaName = (typeof NAMES)[number]

/** A validator that knows every schema of `docs/` by its `$id`, so that one may refer to another. */
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true })
for (const name of NAMES) {
  const text = readFileSync(new URL(`../../docs/${name}.schema.json`, import.meta.url), 'utf8')
  ajv.addSchema(JSON.parse(text) as object)
}

function validatorOf(name: SchemaName): ValidateFunction {
  const validate = ajv.getSchema(`plimsoll/${name}@1`)
  if (validate === undefined) throw new Error(`docs/${name}.schema.json is not known to the validator`)
  return validate
}

/** What is wrong with a document by `docs/<name>.schema.json`, each with its place; empty: nothing. */
export function schemaErrors(name: SchemaName, text: string): readonly string[] {
  const validate = validatorOf(name)
  validate(JSON.parse(text))
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/**
 * The fields, as in `metrics[].low`, that a document may have under another name without anything being found wrong: each
 * is renamed by itself, of the items of a list in the first that has it.
 */
export function renamableFields(name: SchemaName, text: string): readonly string[] {
  const fields = new Map<string, Steps>()
  collectFields(JSON.parse(text) as Json, [], fields)
  if (fields.size === 0) throw new Error('the document has no fields')
  return [...fields].flatMap(([path, steps]) =>
    schemaErrors(name, renamed(text, steps)).length === 0 ? [path] : [],
  )
}

type Steps = readonly (string | number)[]

function collectFields(node: Json, steps: Steps, found: Map<string, Steps>): void {
  if (typeof node !== 'object' || node === null) return
  const isList = Array.isArray(node)
  for (const [key, child] of Object.entries(node)) {
    const own = [...steps, isList ? Number(key) : key]
    const path = own.map(step => (typeof step === 'number' ? '[]' : `.${step}`)).join('')
    if (!isList && !found.has(path.slice(1))) found.set(path.slice(1), own)
    collectFields(child, own, found)
  }
}

function renamed(text: string, steps: Steps): string {
  const document = JSON.parse(text) as Json
  const parent = steps.slice(0, -1).reduce((node, step) => (node as Fields)[step]!, document) as Fields
  const key = steps.at(-1)!
  parent[`${key}Renamed`] = parent[key]!
  delete parent[key]
  return JSON.stringify(document)
}

type Fields = Record<string | number, Json>
