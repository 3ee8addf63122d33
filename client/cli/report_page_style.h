// How the page of a report looks, on a screen of any width and on A4.
#pragma once

namespace stegvis::cli {

inline constexpr char kPageStyle[] = R"css(
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, "Segoe UI", "Liberation Sans",
  sans-serif; color: #1a1a1a; background: #fff; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.5rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem;
  overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 .25rem; }
p { margin: 0 0 .5rem; max-width: 44rem; overflow-wrap: anywhere; }
a { color: #0b4f8a; }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid #0b4f8a;
  outline-offset: 2px; }
.notice { border-left: .4rem solid #7488a0; background: #f1f4f8;
  padding: .5rem .75rem; }
.warning { border-left: .4rem solid #a4161a; background: #fdf0f0;
  padding: .5rem .75rem; font-weight: 600; }
.base { color: #444; }
nav ul { columns: 16rem; padding-left: 1.2rem; margin: .5rem 0 0; }
dl.key { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin: 1rem 0; }
dl.key dt { color: #444; }
dl.key dd { margin: 0; font-size: 1.5rem; font-weight: 600; }
dl.words dt { font-weight: 600; margin-top: .6rem; }
dl.words dd { margin: 0; max-width: 44rem; overflow-wrap: anywhere; }
figure { margin: .75rem 0 1rem; max-width: 44rem; }
figcaption { font-weight: 600; margin-bottom: .25rem; }
svg { display: block; font-size: 13px; overflow: hidden; }
svg text { fill: #1a1a1a; }
svg .label { font-weight: 600; }
svg .halo { paint-order: stroke; stroke: #fff; stroke-width: 3px;
  stroke-linejoin: round; }
svg .before { fill: #7488a0; }
svg .after { fill: #0b4f8a; }
svg .ring { fill: #fff; stroke: #7488a0; stroke-width: 2.5px; }
svg .span { stroke: #5b9bd5; stroke-width: 6px; }
svg .interval { fill: #5b9bd5; }
svg .grid { stroke: #d5dbe3; stroke-width: 1px; }
svg .before-line { stroke: #7488a0; stroke-width: 2.5px; }
svg .after-line { stroke: #0b4f8a; stroke-width: 2.5px; }
svg .band { fill: #7488a0; fill-opacity: .4; }
svg .work { fill: #0b4f8a; fill-opacity: .6; }
svg .node { fill: #33475b; }
.scroll { overflow-x: auto; margin-bottom: .5rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums;
  font-size: .95rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0;
  max-width: calc(100vw - 2rem); }
th, td { padding: .25rem .6rem; border-bottom: 1px solid #d5dbe3;
  text-align: right; vertical-align: top; }
td { white-space: nowrap; }
th { font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 400; vertical-align: top; }
.words-cell, th:first-child { text-align: left; white-space: normal; }
tbody th { min-width: 12rem; overflow-wrap: anywhere; }
tbody th.in { padding-left: 1.8rem; }
@media (max-width: 30rem) {
  h1 { font-size: 1.4rem; }
  table { font-size: .85rem; }
  th, td { padding: .25rem .35rem; }
  tbody th { min-width: 11rem; }
  tbody th.in { padding-left: 1.2rem; }
}
footer { padding: 1.5rem 1rem 3rem; color: #444; }
@page { size: A4; margin: 14mm; }
@media print {
  body { font-size: 10pt; }
  header, main, footer { max-width: none; padding: 0; }
  nav { display: none; }
  h1 { font-size: 16pt; }
  h2 { font-size: 13pt; break-after: avoid; }
  .base, figcaption, caption { break-after: avoid; }
  figure { break-inside: avoid; max-width: none; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; width: 100%; }
  thead { display: table-header-group; }
  tr, dl.words > div { break-inside: avoid; }
  th, td { padding: 1mm 1.2mm; }
  tbody th { min-width: 30mm; }
  svg, svg * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)css";

}  // namespace stegvis::cli
