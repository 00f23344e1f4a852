import { Lexer, LineCounter, Parser, parseDocument } from 'yaml'
import type { YAMLError } from 'yaml'
import type { Place, Problem } from '../units/problem.ts'
import { toTree } from './to-tree.ts'
import { weigh } from './tree.ts'
import type { Tree } from './tree.ts'

const LONGEST = 1_000_000
const DEEPEST = 64
/** Each use of an anchor counts anew: ten lines of anchors of anchors can stand for a billion values. */
const MOST_VALUES = 100_000

/** `root` is absent when the text cannot be read at all; with it there may still be problems, e.g. a key twice. */
export interface Opened {
  readonly root?: Tree
  readonly problems: readonly Problem[]
}

/** Reads one YAML 1.2 document. Never throws. `place` makes a place from a line and a column, both from 1. */
export function openDocument(text: string, place: (line: number, column: number) => Place): Opened {
  const lines = new LineCounter()
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return place(Math.max(1, line), Math.max(1, col))
  }
  const unreadable = findUnreadable(text, place(1, 1))
  if (unreadable !== undefined) return { problems: [unreadable] }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const syntax = distinct([...document.errors, ...document.warnings].map(error => describeError(error, at)))
  if (syntax.some(({ code }) => code !== 'scenario/duplicate-key')) return { problems: syntax }
  const { root, problems } = toTree(document, at)
  if (root === undefined || problems.length > 0) return { problems: [...syntax, ...problems] }
  const { values, depth } = weigh(root)
  if (values > MOST_VALUES || depth > DEEPEST) return { problems: [...syntax, tooDeep(place(1, 1))] }
  return { root, problems: syntax }
}

/**
 * Size and nesting, before the library composes nodes: that step is recursive, and a stack that runs out inside
 * a regular expression ends the process instead of throwing. The library's lexer and parser are iterative.
 */
function findUnreadable(text: string, start: Place): Problem | undefined {
  const written = /^\s*\{\s*"schema"\s*:\s*"(plimsoll\/[a-z-]+@\d+)"/.exec(text)
  if (written !== null)
    return {
      code: 'scenario/not-a-scenario',
      message: `this is ${written[1]}, which plimsoll wrote, and no YAML of a person`,
      fix: 'give the scenario or the policy itself; plimsoll report opens a report',
      at: start,
    }
  if (text.includes('\0'))
    return {
      code: 'scenario/not-text',
      message: 'this is no text: there are NUL characters in it',
      fix: 'give a YAML file',
      at: start,
    }
  if (text.length > LONGEST) {
    const message = `the file has ${text.length} characters; at most ${LONGEST} are read`
    return {
      code: 'scenario/too-large',
      message,
      fix: 'give the file that a person wrote, not its data',
      at: start,
    }
  }
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme))
    if (parser.stack.length > DEEPEST) return tooDeep(start)
  }
  return undefined
}

const tooDeep = (at: Place): Problem => ({
  code: 'scenario/too-deep',
  message: `the file nests more than ${DEEPEST} levels, or has more than ${MOST_VALUES} values`,
  fix: 'write a large body as one text under body:, and use fewer anchors',
  at,
})

function describeError({ code, message, pos }: YAMLError, at: (offset: number) => Place): Problem {
  const place = at(pos[0])
  switch (code) {
    case 'DUPLICATE_KEY':
      return {
        code: 'scenario/duplicate-key',
        message: 'this key stands twice in one mapping',
        fix: 'keep one of the two',
        at: place,
      }
    case 'TAB_AS_INDENT':
      return {
        code: 'scenario/tab',
        message: 'a tab indents this line; YAML allows spaces only',
        fix: 'indent with two spaces',
        at: place,
      }
    case 'MULTIPLE_DOCS':
      return {
        code: 'scenario/many-documents',
        message: 'the file holds more than one document',
        fix: 'remove the line --- or put each document into its own file',
        at: place,
      }
    case 'RESOURCE_EXHAUSTION':
      return tooDeep(place)
    default:
      return {
        code: 'scenario/yaml',
        message: `this is not YAML: ${message.replaceAll(/\s+/g, ' ')}`,
        fix: 'check quotes, brackets and indentation up to this place',
        at: place,
      }
  }
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map(problem => [JSON.stringify(problem), problem])).values()]
}
