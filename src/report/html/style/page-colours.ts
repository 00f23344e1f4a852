/**
 * Colours by meaning, each with a light and a dark value; the charts read them by name. Dark is for screens alone, and not
 * while the page is being printed (`paper`).
 */
export const pageColours: string = `
:root {
  color-scheme: light dark;
  --paper: #f6f7f9; --card: #ffffff; --ink: #16202c; --soft: #55616e; --line: #dfe4ea; --accent: #1f5fbf;
  --good: #11713f; --bad: #b92727; --unsure: #875500;
  --good-ground: #e5f5ec; --bad-ground: #fdeaea; --unsure-ground: #fdf3dc;
  --offered: #8a97a6; --sent: #1f5fbf; --p50: #2f7fc4; --p90: #1f5f9f; --p99: #7a3fb5; --p999: #c2388f;
  --s502: #d03838; --s503: #d97a1d; --s504: #9c4fb0; --other: #7d6b3f; --failed: #3d4f66; --unsent: #8a97a6;
  --rising: #1f5fbf; --plateau: #7a3fb5; --held: #14804a; --gave-way: #d03838; --rest: #aab4bf; --void: #d97a1d; --onset-step: #0f8b8d;
  --whole: #16202c; --part1: #1f77b4; --part2: #d9731a; --part3: #2a8f3c; --part4: #c4342f; --part5: #8757b0;
  --part6: #8a5a4a; --part7: #c25aa3;
  --knee: #11713f; --onset: #c22f2f; --stage: #aab4bf; --heat: #c2600a;
  --knee-band: rgba(20, 128, 74, .16); --warm-up-band: rgba(120, 134, 150, .16); --invalid-band: rgba(217, 122, 29, .18);
  --stage-band: rgba(120, 134, 150, .07);
}
@media screen and (prefers-color-scheme: dark) {
  :root:not(.paper) {
    --paper: #10151b; --card: #19212a; --ink: #e8edf2; --soft: #a3b0bd; --line: #2c3743; --accent: #7fb2ff;
    --good: #4fd08a; --bad: #ff8a82; --unsure: #f0b54a;
    --good-ground: #12301f; --bad-ground: #3a1a1a; --unsure-ground: #33270f;
    --offered: #8493a3; --sent: #7fb2ff; --p50: #6cb8f2; --p90: #4a94d8; --p99: #c09bf5; --p999: #f07fc4;
    --s502: #ff7b72; --s503: #f5a552; --s504: #d08be0; --other: #c9b27a; --failed: #b6c4d4; --unsent: #8493a3;
    --rising: #7fb2ff; --plateau: #b48af0; --held: #4fd08a; --gave-way: #ff7b72; --rest: #4b5866; --void: #f5a552; --onset-step: #4fc3c7;
    --whole: #e8edf2; --part1: #6cb8f2; --part2: #f5a552; --part3: #5fcf80; --part4: #ff7b72; --part5: #c09bf5;
    --part6: #cfa08f; --part7: #f08fd0;
    --knee: #4fd08a; --onset: #ff8a82; --stage: #5d6b79; --heat: #f08a24;
    --knee-band: rgba(79, 208, 138, .2); --warm-up-band: rgba(140, 155, 170, .16); --invalid-band: rgba(245, 165, 82, .2);
    --stage-band: rgba(160, 175, 190, .06);
  }
}
`
