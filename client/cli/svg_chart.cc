#include "client/cli/svg_chart.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/cli/html_text.h"
#include "client/cli/number_format.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

constexpr int kLegend = 30;         // Pixels above what is drawn.
constexpr int kLabelWidth = 42;     // Letters that fit a telephone.
constexpr double kLongestBar = 76;  // Per cent of the width: a number follows.
constexpr int kTicks = 4;

// A place along the width, in per cent.
std::string Percent(double place) { return absl::StrFormat("%.2f%%", place); }

std::string TextAt(double x, int y, absl::string_view text,
                   absl::string_view attributes = "") {
  return Element("text",
                 absl::StrCat("x=\"", Percent(x), "\" y=\"", y, "\"",
                              attributes.empty() ? "" : " ", attributes),
                 text);
}

std::string Line(double x1, double y1, double x2, double y2,
                 absl::string_view kind) {
  return absl::StrFormat(
      "<line class=\"%s\" x1=\"%s\" y1=\"%.1f\" x2=\"%s\" y2=\"%.1f\"/>", kind,
      Percent(x1), y1, Percent(x2), y2);
}

std::string Dot(double x, double y, absl::string_view kind) {
  return absl::StrFormat("<circle class=\"%s\" cx=\"%s\" cy=\"%.1f\" r=\"5\"/>",
                         kind, Percent(x), y);
}

constexpr char kBarLegend[] =
    "<rect class=\"before\" x=\"0\" y=\"4\" width=\"12\" height=\"12\"/>"
    "<text x=\"18\" y=\"15\">före</text>"
    "<rect class=\"after\" x=\"70\" y=\"4\" width=\"12\" height=\"12\"/>"
    "<text x=\"88\" y=\"15\">efter</text>";

// `before`: how the dot before looks.
std::string DotLegend(absl::string_view before) {
  return absl::StrCat(
      "<circle class=\"", before,
      "\" cx=\"7\" cy=\"10\" r=\"5\"/><text x=\"18\" y=\"15\">före</text>"
      "<circle class=\"after\" cx=\"77\" cy=\"10\" r=\"5\"/>"
      "<text x=\"88\" y=\"15\">efter</text>"
      "<rect class=\"interval\" x=\"140\" y=\"7\" width=\"20\" height=\"6\"/>"
      "<text x=\"166\" y=\"15\">95 % intervall</text>");
}

std::string Bar(const Figure& figure, Shape shape, double full, int y,
                absl::string_view kind) {
  constexpr int kThick = 16;
  if (!figure.Known()) {
    return TextAt(0, y + kThick - 3, FigureText(shape, figure));
  }
  const double width = full > 0 ? figure.value / full * kLongestBar : 0;
  return absl::StrCat(
      "<rect class=\"", kind, "\" x=\"0\" y=\"", y, "\" width=\"",
      Percent(width), "\" height=\"", kThick, "\"/>",
      TextAt(width, y + kThick - 3, FigureText(shape, figure), "dx=\"6\""));
}

// Along the width, with room for half a dot on both sides.
double Across(double value, double full) {
  return full > 0 ? 2 + value / full * 96 : 2;
}

std::string TickText(double share) {
  return absl::StrCat(FormatNumber(std::llround(share * 100)), " %");
}

std::string Ticks(double full, int from, int to) {
  std::string ticks;
  for (int i = 0; i <= kTicks; ++i) {
    const double share = full * i / kTicks;
    const double x = Across(share, full);
    const char* anchor = i == 0        ? ""
                         : i == kTicks ? "text-anchor=\"end\""
                                       : "text-anchor=\"middle\"";
    ticks += Line(x, from, x, to, "grid") +
             TextAt(i == 0 ? 0 : (i == kTicks ? 100 : x), from - 5,
                    TickText(share), anchor);
  }
  return ticks;
}

std::string Interval(const ChartItem& item, double full, int y) {
  std::string marks;
  if (item.low.Known() && item.high.Known()) {
    marks += Line(Across(item.low.value, full), y,
                  Across(item.high.value, full), y, "span");
  }
  if (item.before.Known()) {
    marks += Dot(Across(item.before.value, full), y, "ring");
  }
  if (item.after.Known()) {
    marks += Dot(Across(item.after.value, full), y, "after");
  }
  return marks;
}

// Where the years of a chart of lines stand.
class Plot {
 public:
  Plot(size_t years, double full) : years_(years), full_(full) {}

  double X(size_t year) const {
    return years_ < 2 ? 50
                      : kLeft + (kRight - kLeft) * static_cast<double>(year) /
                                    static_cast<double>(years_ - 1);
  }
  double Y(double share) const {
    return full_ > 0 ? kBottom - (kBottom - kTop) * share / full_ : kBottom;
  }

  static constexpr double kLeft = 14, kRight = 95;
  static constexpr double kTop = 50, kBottom = 250;

 private:
  const size_t years_;
  const double full_;
};

std::string Grid(const Plot& plot, double full) {
  std::string grid;
  for (int i = 0; i <= kTicks; ++i) {
    const double share = full * i / kTicks;
    const double y = plot.Y(share);
    grid += Line(Plot::kLeft - 2, y, 100, y, "grid") +
            TextAt(0, static_cast<int>(y) + 5, TickText(share));
  }
  return grid;
}

std::string LineOf(const std::vector<ChartItem>& items,
                   Figure ChartItem::*which, const Plot& plot,
                   absl::string_view kind) {
  std::string line;
  for (size_t i = 0; i < items.size(); ++i) {
    const Figure& here = items[i].*which;
    if (!here.Known()) continue;
    const double y = plot.Y(here.value);
    if (i > 0 && (items[i - 1].*which).Known()) {
      line += Line(plot.X(i - 1), plot.Y((items[i - 1].*which).value),
                   plot.X(i), y, absl::StrCat(kind, "-line"));
    }
    line += Dot(plot.X(i), y, kind);
  }
  return line;
}

// As many as there is room for: the last, and every so many before it.
bool HasRoom(size_t at, size_t count) {
  const size_t step = (count + 7) / 8;
  return (count - 1 - at) % std::max<size_t>(step, 1) == 0;
}

}  // namespace

std::string SvgFrame(const ChartText& text, int height,
                     const std::string& drawn) {
  const std::string id = Escaped(text.id);
  return absl::StrCat(
      "<svg role=\"img\" aria-labelledby=\"", id, "-t ", id,
      "-d\" width=\"100%\" height=\"", height, "\">",
      Element("title", absl::StrCat("id=\"", id, "-t\""), text.title),
      Element("desc", absl::StrCat("id=\"", id, "-d\""), text.description),
      drawn, "</svg>\n");
}

std::string BarsSvg(const ChartText& text, const std::vector<ChartItem>& items,
                    Shape shape, double full) {
  constexpr int kItem = 66;
  std::string drawn = kBarLegend;
  int y = kLegend;
  for (const ChartItem& item : items) {
    drawn += TextAt(0, y + 14, Shortened(item.label, kLabelWidth),
                    "class=\"label\"");
    drawn += Bar(item.before, shape, full, y + 21, "before");
    drawn += Bar(item.after, shape, full, y + 38, "after");
    y += kItem;
  }
  return SvgFrame(text, y, drawn);
}

std::string IntervalsSvg(const ChartText& text,
                         const std::vector<ChartItem>& items, double full) {
  constexpr int kItem = 36, kScale = 24;
  const int height =
      kLegend + kScale + kItem * static_cast<int>(items.size()) + 4;
  std::string drawn = DotLegend("ring");
  drawn += Ticks(full, kLegend + 18, height);
  int y = kLegend + kScale;
  for (const ChartItem& item : items) {
    std::string label = Shortened(item.label, kLabelWidth);
    if (!item.after.Known()) {
      absl::StrAppend(&label, ": ", FigureText(Shape::kShare, item.after));
    }
    drawn += TextAt(0, y + 13, label, "class=\"label halo\"");
    drawn += Interval(item, full, y + 25);
    y += kItem;
  }
  return SvgFrame(text, height, drawn);
}

std::string LinesSvg(const ChartText& text, const std::vector<ChartItem>& items,
                     double full) {
  const Plot plot(items.size(), full);
  std::string drawn = DotLegend("before") + Grid(plot, full);
  for (size_t i = 0; i < items.size(); ++i) {
    const ChartItem& item = items[i];
    if (item.low.Known() && item.high.Known()) {
      drawn += Line(plot.X(i), plot.Y(item.low.value), plot.X(i),
                    plot.Y(item.high.value), "span");
    }
    if (HasRoom(i, items.size())) {
      drawn += TextAt(plot.X(i), static_cast<int>(Plot::kBottom) + 22,
                      item.label, "text-anchor=\"middle\"");
    }
  }
  drawn += LineOf(items, &ChartItem::before, plot, "before");
  drawn += LineOf(items, &ChartItem::after, plot, "after");
  return SvgFrame(text, static_cast<int>(Plot::kBottom) + 32, drawn);
}

double FullOf(const std::vector<ChartItem>& items, Shape shape) {
  double largest = 0;
  for (const ChartItem& item : items) {
    for (const Figure& figure :
         {item.before, item.after, item.low, item.high}) {
      if (figure.Known()) largest = std::max(largest, figure.value);
    }
  }
  if (shape != Shape::kShare) return largest;
  return std::clamp(std::ceil(largest * 5 - 1e-9) / 5, 0.2, 1.0);
}

}  // namespace stegvis::cli
