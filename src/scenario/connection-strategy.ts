import type { ConnectionStrategy } from '../plan/transport.ts'
import { nearest } from '../units/nearest.ts'
import { readMapping } from './field.ts'
import type { Field, Report } from './field.ts'
import { readWhole } from './quantity-field.ts'
import { STRATEGY_KEYS } from './scenario-keys.ts'
import { describeTree } from './tree.ts'

const MOST = 1_000_000

/** How each is written; two of them need a number. */
const WRITTEN: Readonly<Record<ConnectionStrategy['kind'], string>> = {
  'keep-alive': 'keep-alive',
  'per-request': 'per-request',
  'per-user': '{ per-user: 500 }',
  'max-requests': '{ max-requests: 100 }',
}
const ALL = Object.values(WRITTEN).join(', ')

/** `keep-alive`, `per-request`, `{ per-user: 500 }`, `{ max-requests: 100 }`. */
export function readStrategy(field: Field, report: Report): ConnectionStrategy | undefined {
  const { key, path, tree } = field
  if (tree.kind === 'mapping') return readCounted(field, report)
  const word = tree.kind === 'scalar' ? tree.source : ''
  if (word === 'keep-alive' || word === 'per-request') return { kind: word }
  const meant = nearest(word, Object.keys(WRITTEN))
  const why = STRATEGY_KEYS.includes(word) ? 'it needs its number' : 'there is no such strategy'
  return report(
    {
      code: 'scenario/strategy',
      message: `${path} is ${describeTree(tree)}; ${why}`,
      fix: isStrategy(meant) ? `write ${key}: ${WRITTEN[meant]}` : `write one of ${ALL}`,
    },
    tree.at,
  )
}

const isStrategy = (word: string | undefined): word is ConnectionStrategy['kind'] =>
  word !== undefined && Object.hasOwn(WRITTEN, word)

function readCounted(field: Field, report: Report): ConnectionStrategy | undefined {
  const fields = readMapping(field, STRATEGY_KEYS, report)
  if (fields === undefined) return undefined
  const [counted, ...others] = fields.values()
  if (counted === undefined || others.length > 0) {
    const what = counted === undefined ? 'no strategy' : 'two strategies'
    const message = `${field.path} has ${what}; connections follow exactly one`
    return report({ code: 'scenario/strategy', message, fix: `write one of ${ALL}` }, field.tree.at)
  }
  const count = readWhole(counted, 1, MOST, report)
  if (count === undefined) return undefined
  return counted.key === 'per-user'
    ? { kind: 'per-user', users: count }
    : { kind: 'max-requests', requests: count }
}
