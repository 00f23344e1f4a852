/** A commented scenario to begin with; `plimsoll init` writes it. */
export function starterScenario(target: string = 'http://127.0.0.1:8080'): string {
  const plain = /^[a-z][\w./:[\]@%~-]*$/i.test(target) && !target.endsWith(':')
  return `# A scenario for plimsoll: what load to offer, to whom, and what must hold.
# Check it with: plimsoll validate FILE      Run it with: plimsoll run FILE
# Rates are 200/s or 12000/min, durations 500ms, 30s or 5m. Every key: docs/scenario.md

name: first look

# One origin: http://…, https://…, or unix:/path/of.sock. --target on the command line wins.
target: ${plain ? target : JSON.stringify(target)}

# How requests arrive: poisson (as from many independent users) or even.
arrivals: poisson

# The load over time. A ramp well past what you expect the system to carry shows the knee;
# the recovery stage shows whether it comes back when the load is gone.
stages:
  - { name: warm-up, rate: 20/s, for: 5s, warmup: true } # kept out of the verdict
  - { name: ramp, from: 20/s, to: 500/s, for: 60s }
  - { name: recovery, rate: 50/s, for: 15s }
  # A staircase instead of a ramp:
  # - { name: stairs, from: 100/s, to: 1000/s, steps: 10, each: 10s }
# Or, instead of stages, let plimsoll choose the rates until it has found what the system carries:
# search: { from: 20/s, to: 5000/s, precision: 3%, budget: 3m }

# For every request, unless it says otherwise.
deadline: 10s # from the moment the request was due to the last byte of the answer
headers:
  accept: "*/*"

# What is requested; a weight is a share of the arrivals.
requests:
  - { name: home, weight: 3, get: / }
  # - { name: search, weight: 2, get: /search?q=ship, expect: 200 }
  # - { name: order, weight: 1, post: /orders, json: { sku: 42 }, expect: 2xx }

# What must hold. The run exits 99 when a promise does not.
promises:
  - p99 < 300ms up to 200/s
  - errors < 0.1% up to 200/s
  - knee > 200/s
`
}
