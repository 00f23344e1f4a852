import { describe, expect, test } from 'vitest'
import { placed, planOf, planWith, problemsOf, STAGES } from './reading.ts'

const target = 'target: http://shop.test\n'

describe('what is not one YAML mapping is one clear problem', () => {
  test.each([
    ['nothing', '', 'shop.yaml:1:1 scenario/empty'],
    ['only a comment', '# later\n', 'shop.yaml:1:1 scenario/empty'],
    ['a list', '- a\n', 'shop.yaml:1:1 scenario/not-a-mapping'],
    ['a word', 'hello', 'shop.yaml:1:1 scenario/not-a-mapping'],
    ['two documents', `${target}${STAGES}\n---\nname: b\n`, 'shop.yaml:3:1 scenario/many-documents'],
    ['a tab', `${target}headers:\n\taccept: a\n${STAGES}`, 'shop.yaml:3:1 scenario/tab'],
    ['a quote left open', `${target}name: "shop`, 'shop.yaml:2:12 scenario/yaml'],
    ['a tag', `${target}name: !ship shop\n${STAGES}`, 'shop.yaml:2:7 scenario/yaml'],
    ['an anchor that is not there', `${target}${STAGES}\nname: *shop`, 'shop.yaml:3:7 scenario/anchor'],
    [
      'an anchor inside itself',
      `${target}${STAGES}\nheaders: &a { x: *a }`,
      'shop.yaml:3:18 scenario/anchor',
    ],
    ['a list as a key', `${target}${STAGES}\n? [a]\n: b`, 'shop.yaml:3:3 scenario/key'],
    ['a merge of a text', `${target}${STAGES}\nheaders: { <<: a }`, 'shop.yaml:3:12 scenario/merge'],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text).map(placed)).toEqual([expected])
  })
})

test('a key twice is a problem beside all others', () => {
  expect(problemsOf(`${target}seed: 1\nseed: two\n${STAGES}`).map(placed)).toEqual([
    'shop.yaml:3:1 scenario/duplicate-key',
    'shop.yaml:3:7 scenario/not-a-whole-number',
  ])
})

test('anchors and merges stand for what they name', () => {
  const plan = planOf(`${target}${STAGES}
requests:
  - &home { name: home, get: /, deadline: 1s, headers: &h { accept: text/html } }
  - { <<: *home, name: again, deadline: 2s }
  - { name: other, get: /other, headers: *h }
`)
  expect(plan.requests.map(({ name, path, deadline, headers }) => [name, path, deadline, headers])).toEqual([
    ['home', '/', 1e9, [['accept', 'text/html']]],
    ['again', '/', 2e9, [['accept', 'text/html']]],
    ['other', '/other', 10e9, [['accept', 'text/html']]],
  ])
})

test('Windows line ends and a byte order mark do not matter', () => {
  expect(planOf(`\uFEFF${target}${STAGES}\nname: shop\n`.replaceAll('\n', '\r\n')).name).toBe('shop')
})

describe('texts made to exhaust the reader', () => {
  test.each([
    ['[', 'flow lists'],
    ['{a: ', 'flow mappings'],
    ['- ', 'block lists'],
    ['? ', 'block mappings'],
  ])('a hundred thousand times %j', opening => {
    expect(problemsOf(opening.repeat(100_000)).map(({ code }) => code)).toEqual(['scenario/too-deep'])
  })

  test('ten anchors that stand for ten billion values', () => {
    const bomb = Array.from({ length: 10 }, (_, i) => {
      const value = i === 0 ? '1' : `*a${i - 1}`
      return `x${i}: &a${i} [${Array(10).fill(value).join(', ')}]`
    })
    expect(problemsOf(bomb.join('\n')).map(({ code }) => code)).toEqual(['scenario/too-deep'])
  })

  test('a million and one characters', () => {
    expect(problemsOf('#'.repeat(1_000_001)).map(placed)).toEqual(['shop.yaml:1:1 scenario/too-large'])
  })
})

test('json keeps the digits of numbers and every kind of value', () => {
  const json = '{ id: 12345678901234567890, price: 1.50, hex: 0x10, list: [a, true, null, ""], "ü": {} }'
  const plan = planWith(`requests: [{ post: /, json: ${json} }]`)
  expect(plan.requests[0]!.body).toBe(
    '{"id":12345678901234567890,"price":1.50,"hex":16,"list":["a",true,null,""],"ü":{}}',
  )
})
