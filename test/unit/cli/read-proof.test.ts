import { expect, test } from 'vitest'
import type { Programs } from '../../../src/cli/effects.ts'
import { givenWords } from '../../../src/cli/given-words.ts'
import type { GivenWords } from '../../../src/cli/given-words.ts'
import { nodePrograms } from '../../../src/cli/node-programs.ts'
import { readProof } from '../../../src/cli/verify/read-proof.ts'

/** A machine on which these programs are. */
const having = (paths: Readonly<Record<string, string>>): { readonly programs: Programs } => ({
  programs: { ...nodePrograms, find: name => Promise.resolve(paths[name]) },
})
const words = (flags: Readonly<Record<string, unknown>>): GivenWords =>
  givenWords({ _: ['size'], ...flags }, [])

test('a real gateway is looked for by its program: Varnish is varnishd', async () => {
  const order = await readProof(
    words({ verify: true, with: 'Varnish' }),
    having({ varnishd: '/usr/sbin/varnishd' }),
  )
  expect(order).toMatchObject({ path: '/usr/sbin/varnishd', holdSeconds: 20, gateway: { title: 'Varnish' } })
})

test('one that is not installed is a problem that names the package', async () => {
  const given = words({ verify: true, with: 'nginx' })
  expect(await readProof(given, having({ haproxy: '/usr/sbin/haproxy' }))).toBe(undefined)
  expect(given.problems).toMatchObject([{ code: 'size/no-gateway', at: { file: '--with' } }])
  expect(given.problems[0]!.fix).toContain('apt-get install nginx')
})

test('without --verify there is no proof', async () => {
  expect(await readProof(words({}), having({}))).toBe(undefined)
})
