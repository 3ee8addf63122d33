// Charts as SVG: bars before and after, intervals side by side, years as lines.
//
// Drawn here because nothing packaged does it: Debian has no C++ library of SVG
// charts; plplot and cairo draw axes or shapes without bars, titles for who
// cannot see them, or text that stays text; gnuplot, Qt and whatever runs on
// node are programs of their own. So this is a scale and a few elements:
// places along the width are per cent and sizes are pixels, so that the same
// chart fits a telephone and a page with letters of the same size.
#pragma once

#include <string>
#include <vector>

#include "client/cli/report_figures.h"

namespace stegvis::cli {

// What stands for a chart where it is not seen. `id` is unique on the page.
struct ChartText {
  std::string id;
  std::string title;
  std::string description;
};

// One thing, before and after. The interval is that of after.
struct ChartItem {
  std::string label;
  Figure before, after, low, high;
};

// A pair of bars for each. `shape`: kShare or kCount. What has no number has no
// bar, but says so. `full`: the value of the longest bar there may be, so that
// charts can be compared; see FullOf.
std::string BarsSvg(const ChartText& text, const std::vector<ChartItem>& items,
                    Shape shape, double full);

// Dots on lines under each other: a ring before, a dot after, and its interval.
// What has no share after says why.
std::string IntervalsSvg(const ChartText& text,
                         const std::vector<ChartItem>& items, double full);

// Shares as lines from left to right; nothing is drawn where there is no share.
std::string LinesSvg(const ChartText& text, const std::vector<ChartItem>& items,
                     double full);

// The end of the scale for these: the largest value, for shares rounded up to a
// fifth.
double FullOf(const std::vector<ChartItem>& items, Shape shape);

// An <svg> of this height around what is drawn in it.
std::string SvgFrame(const ChartText& text, int height,
                     const std::string& drawn);

}  // namespace stegvis::cli
