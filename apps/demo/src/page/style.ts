const LIGHT = `
  --paper: #fdfdfb; --ink: #1b2228; --muted: #59646e; --grid: #e2e5e3; --panel: #f4f5f2;
  --numpy: #b0560c; --mask: #2f77b0; --in-place: #0b7a6b; --peer: #7a52a8;
  --large: #0b7a6b; --pool: #2f77b0; --dirty: #e0a030; --clean: transparent;`

const DARK = `
  --paper: #14191d; --ink: #e8ebed; --muted: #9fabb5; --grid: #2a3238; --panel: #1b2126;
  --numpy: #f0a35b; --mask: #77b7ea; --in-place: #4fd1b8; --peer: #c3a4ee;
  --large: #3fb8a2; --pool: #77b7ea; --dirty: #d99a3a; --clean: transparent;`

/** The colours, by day, by night, and on paper. */
export const COLOUR_STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
@media print { :root { color-scheme: light; ${LIGHT} } }
`

/** The page's style. A drawing comes in two widths, since its letters must not shrink with it. */
export const PAGE_STYLE = `${COLOUR_STYLE}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 780px; margin: 0 auto; padding: 56px 24px 72px; }
h1 { font-size: 34px; line-height: 1.15; letter-spacing: -0.015em; margin: 0 0 12px; }
h2 { font-size: 21px; line-height: 1.3; margin: 64px 0 6px; }
h3 { font-size: 16px; line-height: 1.4; margin: 0; }
p { margin: 0 0 12px; }
.lead { font-size: 18px; max-width: 38em; }
.muted, figcaption, caption, footer { color: var(--muted); }
code { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px;
  print-color-adjust: exact; }
.facts { display: grid; grid-template-columns: repeat(3, 1fr); gap: 16px; margin: 32px 0 0; }
.facts div { background: var(--panel); border-radius: 8px; padding: 16px 18px; }
.facts dt { color: var(--muted); font-size: 14px; line-height: 1.4; }
.facts dd { margin: 4px 0 0; font-size: 14px; line-height: 1.4; }
.facts strong { display: block; font-size: 30px; line-height: 1.25; font-weight: 600; color: var(--in-place);
  font-variant-numeric: tabular-nums; }
.facts small { font-size: 16px; font-weight: 400; }
figure { margin: 28px 0 0; break-inside: avoid; }
figcaption { font-size: 14px; line-height: 1.5; margin: 2px 0 10px; max-width: 46em; }
svg { display: block; overflow: visible; }
svg.curve text, svg.heap text { font-variant-numeric: tabular-nums; }
.narrow { display: none; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; padding: 0; margin: 12px 0 0; font-size: 14px; }
.legend .key { border: 1px solid var(--muted); }
.scroll { overflow-x: auto; margin: 16px 0 0; }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 0 0 6px; }
th, td { padding: 6px 0 6px 12px; text-align: right; vertical-align: bottom; border-bottom: 1px solid var(--grid); }
th { font-weight: 400; }
thead th { font-weight: 600; border-bottom-width: 3px; }
thead td { border: 0; }
th:first-child, td:first-child { text-align: left; padding-left: 0; min-width: 84px; }
.strong th, .strong td { font-weight: 600; }
:focus-visible { outline: 2px solid var(--mask); outline-offset: 2px; }
footer { margin: 64px 0 0; font-size: 14px; }
@media screen and (max-width: 779px) {
  main { padding: 32px 16px 48px; }
  h1 { font-size: 27px; }
  .lead { font-size: 16px; }
  .facts { grid-template-columns: 1fr; gap: 10px; }
  .wide { display: none; }
  .narrow { display: block; }
  table { font-size: 13px; }
  th, td { padding-left: 8px; }
}
@media print {
  main { max-width: none; padding: 0; }
  .facts div { border: 1px solid var(--grid); }
  svg { max-width: 100%; height: auto; }
  .scroll { overflow: visible; }
  h2 { break-after: avoid; }
}
`
