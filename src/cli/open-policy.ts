import type { Margins } from '../compare/margins.ts'
import { readPolicy } from '../scenario/policy.ts'
import type { Policy } from '../scenario/policy.ts'
import type { Checked } from '../units/problem.ts'
import type { Files } from './effects.ts'
import { MARGIN_NAMES } from './margin-flags.ts'

export type GatePolicy = Policy<keyof Margins>

export const NOTHING_ASKED: GatePolicy = {
  promises: [],
  margins: {},
  strict: false,
  baseline: [],
  history: undefined,
}

/**
 * The policy of a gate; one that asks nothing where no file is named.
 *
 * @param requests names that its promises may speak of
 */
export async function openPolicy(
  path: string | undefined,
  requests: readonly string[],
  files: Files,
): Promise<Checked<GatePolicy>> {
  if (path === undefined) return { ok: true, value: NOTHING_ASKED }
  try {
    return readPolicy(await files.readText(path), path, { margins: MARGIN_NAMES, requests })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is no such file' : `the file cannot be read: ${message}`
    const fix = 'name a policy file, or leave out --policy'
    return { ok: false, problems: [{ code: 'policy/unreadable', message: why, fix, at: { file: path } }] }
  }
}
