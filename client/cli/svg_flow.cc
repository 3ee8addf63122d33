#include "client/cli/svg_flow.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/cli/html_text.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

constexpr size_t kNamed = 8;
constexpr char kOthers[] = "Övriga";
constexpr double kBandsHeight = 380;
constexpr double kLeastNode = 22;  // So that every label has room.
constexpr double kGap = 6;
constexpr int kLabelWidth = 20;  // Half a telephone.

// One side of the picture.
struct Node {
  std::string name;
  double count = 0;
  double y = 0;     // Where it begins.
  double used = 0;  // How much of it bands already take.
};

using Side = std::vector<Node>;

std::string NameOf(const FlowBand& band, bool from) {
  return from ? band.from : band.to;
}

// The nodes of a side, the largest first and the others last.
Side NodesOf(const std::vector<FlowBand>& bands, bool from) {
  std::map<std::string, double> sums;
  for (const FlowBand& band : bands) sums[NameOf(band, from)] += band.count;
  Side nodes;
  for (const auto& [name, count] : sums) nodes.push_back({name, count});
  std::stable_sort(
      nodes.begin(), nodes.end(),
      [](const Node& a, const Node& b) { return a.count > b.count; });
  if (nodes.size() <= kNamed) return nodes;
  Node others = {kOthers};
  for (size_t i = kNamed; i < nodes.size(); ++i) others.count += nodes[i].count;
  nodes.resize(kNamed);
  nodes.push_back(others);
  return nodes;
}

// Places the nodes below each other; how high the side is.
double Arrange(double scale, Side& nodes) {
  double y = 8;
  for (Node& node : nodes) {
    const double height = std::max(node.count * scale, kLeastNode);
    // A thin band stands in the middle of its place.
    node.y = y + (height - node.count * scale) / 2;
    y += height + kGap;
  }
  return y;
}

size_t Find(const Side& nodes, const std::string& name) {
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].name == name) return i;
  }
  return nodes.size() - 1;  // Among the others.
}

std::string BandPath(double left, double right, double thick, bool stressed) {
  return absl::StrFormat(
      "<path class=\"%s\" d=\"M2 %.1fC50 %.1f 50 %.1f 98 %.1fV%.1fC50 %.1f 50 "
      "%.1f 2 %.1fZ\"/>",
      stressed ? "band work" : "band", left, left, right, right, right + thick,
      right + thick, left + thick, left + thick);
}

// Bands between the same nodes, as one.
struct Joined {
  double count = 0;
  bool stressed = false;
};

std::string Bands(const std::vector<FlowBand>& bands, double scale, Side& from,
                  Side& to) {
  std::map<std::pair<size_t, size_t>, Joined> joined;
  for (const FlowBand& band : bands) {
    Joined& one = joined[{Find(from, band.from), Find(to, band.to)}];
    one.count += band.count;
    one.stressed = band.stressed;
  }
  std::string paths;
  for (const auto& [ends, band] : joined) {
    Node& left = from[ends.first];
    Node& right = to[ends.second];
    const double thick = band.count * scale;
    paths += BandPath(left.y + left.used, right.y + right.used, thick,
                      band.stressed);
    left.used += thick;
    right.used += thick;
  }
  return paths;
}

std::string Blocks(const Side& nodes, double scale, int x) {
  std::string blocks;
  for (const Node& node : nodes) {
    absl::StrAppendFormat(
        &blocks,
        "<rect class=\"node\" x=\"%d\" y=\"%.1f\" width=\"2\" "
        "height=\"%.1f\"/>",
        x, node.y, std::max(node.count * scale, 1.0));
  }
  return blocks;
}

std::string Labels(const Side& nodes, double scale, const char* place) {
  std::string labels;
  for (const Node& node : nodes) {
    labels += Element("text",
                      absl::StrFormat("class=\"halo\" %s y=\"%.1f\"", place,
                                      node.y + node.count * scale / 2 + 5),
                      Shortened(node.name, kLabelWidth));
  }
  return labels;
}

}  // namespace

std::string FlowsSvg(const ChartText& text,
                     const std::vector<FlowBand>& bands) {
  double sum = 0;
  for (const FlowBand& band : bands) sum += band.count;
  if (sum <= 0) return std::string();
  const double scale = kBandsHeight / sum;
  Side from = NodesOf(bands, /*from=*/true);
  Side to = NodesOf(bands, /*from=*/false);
  const int height =
      24 + static_cast<int>(std::max(Arrange(scale, from), Arrange(scale, to)));
  // The bands stretch with the page; the letters do not.
  const std::string picture = absl::StrCat(
      "<svg y=\"20\" width=\"100%\" height=\"", height - 20,
      "\" viewBox=\"0 0 100 ", height - 20, "\" preserveAspectRatio=\"none\">",
      Bands(bands, scale, from, to), Blocks(from, scale, 0),
      Blocks(to, scale, 98), "</svg>");
  return SvgFrame(
      text, height,
      absl::StrCat(picture,
                   "<text class=\"label\" x=\"0\" y=\"14\">före</text>"
                   "<text class=\"label\" x=\"100%\" y=\"14\" "
                   "text-anchor=\"end\">efter</text>",
                   "<svg y=\"20\" width=\"100%\" height=\"", height - 20, "\">",
                   Labels(from, scale, "x=\"3.5%\""),
                   Labels(to, scale, "x=\"96.5%\" text-anchor=\"end\""),
                   "</svg>"));
}

}  // namespace stegvis::cli
