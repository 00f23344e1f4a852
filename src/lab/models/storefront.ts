import { labRandom } from '../lab-random.ts'
import { createCensus } from '../census.ts'
import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { rateAtLoss } from '../queueing-formulas.ts'
import { badGateway } from '../replies.ts'
import { erlang } from '../service-time.ts'
import { createSlots } from '../slots.ts'
import { rateText, timeText } from '../truth-text.ts'

const GATEWAY = { server: 'storefront', via: '1.1 storefront', 'content-type': 'text/html' }

/** How often each page is asked for, in the mix that the truth is stated for. */
const WEIGHTS = { home: 8, product: 3, checkout: 1 }
type Page = keyof typeof WEIGHTS
const PAGES = Object.keys(WEIGHTS) as Page[]

const titled = (title: string): string =>
  `<!doctype html>\n<title>${title}</title>\n<h1>${title}</h1>\n<p>A page of the storefront.</p>\n`
const BODIES: Readonly<Record<Page, string>> = {
  home: titled('Welcome'),
  product: titled('Product'),
  checkout: titled('Checkout'),
}

function pageOf(path: string): Page | undefined {
  const query = path.indexOf('?')
  const plain = query < 0 ? path : path.slice(0, query)
  if (plain === '/') return 'home'
  if (plain === '/checkout') return 'checkout'
  return plain.startsWith('/product/') ? 'product' : undefined
}

/** Mean service time of the mix, and its squared coefficient of variation: each page is gamma with this shape. */
function mixOf(means: Readonly<Record<Page, number>>, shape: number): { mean: number; variation: number } {
  const total = PAGES.reduce((sum, page) => sum + WEIGHTS[page], 0)
  const over = (of: (page: Page) => number): number =>
    PAGES.reduce((sum, page) => sum + WEIGHTS[page] * of(page), 0) / total
  const mean = over(page => means[page])
  const square = over(page => means[page] ** 2 * (1 + 1 / shape))
  return { mean, variation: square / mean ** 2 - 1 }
}

export const storefront: LabEntry = defineLab({
  name: 'STOREFRONT',
  description: 'a shop: a gateway with a bounded queue in front of backends, 502 when the queue is full',
  parameters: {
    backends: { kind: 'count', value: 2, meaning: 'backends' },
    slots: { kind: 'count', value: 4, meaning: 'requests that a backend serves at a time' },
    queue: { kind: 'count-or-zero', value: 64, meaning: 'requests that the gateway keeps waiting' },
    home: { kind: 'duration', value: 0.006, meaning: 'mean time of /' },
    product: { kind: 'duration', value: 0.012, meaning: 'mean time of /product/…' },
    checkout: { kind: 'duration', value: 0.03, meaning: 'mean time of /checkout' },
    shape: { kind: 'count', value: 3, meaning: 'shape of the gamma service times; 1 is exponential' },
  },
  create({ backends, slots, queue, shape, ...means }, seed) {
    const random = labRandom(seed)
    const census = createCensus()
    const all = backends * slots
    const servers = createSlots(all)
    return {
      arrive(at, path) {
        const page = pageOf(path)
        if (page === undefined)
          return { status: 404, departsAtSeconds: at, headers: GATEWAY, body: 'no such page\n' }
        if (census.presentAt(at) >= all + queue) return { ...badGateway(at), headers: GATEWAY }
        const departure = servers.admit(at, erlang(random, shape, means[page]))
        census.add(departure)
        return { status: 200, departsAtSeconds: departure, headers: GATEWAY, body: BODIES[page] }
      },
    }
  },
  truth({ backends, slots, queue, shape, ...means }) {
    const { mean, variation } = mixOf(means, shape)
    const all = backends * slots
    const saturation = all / mean
    // Two-moment approximation: a queue of q places absorbs as much as 2q/(1 + c_s²) places would with
    // exponential service (Kimura, Queueing Systems 24, 1996). With the defaults c_s² = 0.99, so it hardly matters.
    const places = Math.round((queue * 2) / (1 + variation))
    const knee = rateAtLoss(all, saturation, all + places)
    return {
      kneePerSecond: knee,
      saturationPerSecond: saturation,
      onsetPerSecond: onsets({ 502: knee }),
      cause: 'overload',
      label: 'the queue of the gateway is full',
      notes: [
        `For /, /product/… and /checkout in the proportion 8 : 3 : 1: ${timeText(mean)} on average, ${all} slots, ${rateText(saturation)}.`,
        `At 1.2 times that the queue fills in about ${timeText(queue / (0.2 * saturation))}.`,
      ],
    }
  },
})
