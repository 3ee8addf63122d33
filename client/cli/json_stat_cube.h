// One dataset of JSON-stat 2.0: numbers in a cube of named dimensions.
#pragma once

#include <google/protobuf/struct.pb.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/report_figures.h"

namespace stegvis::cli {

struct CubeDimension {
  std::string id;
  std::string label;
  // Ids, each once, and labels of what stands along it.
  std::vector<std::pair<std::string, std::string>> categories;
};

// One thread.
class JsonStatCube {
 public:
  // `metric`: the dimension that says what is measured; empty for none.
  JsonStatCube(std::string label, std::vector<CubeDimension> dimensions,
               std::string metric);

  // Sets all of it.
  void Fill(const Figure& figure);

  // Sets the number at a category of each dimension, in order. What is never
  // set, or unknown, is null; what is withheld is null with the status `..`.
  void Set(const std::vector<std::string>& at, const Figure& figure);

  google::protobuf::Struct Dataset() const;

 private:
  const std::string label_;
  const std::vector<CubeDimension> dimensions_;
  const std::string metric_;
  // By dimension: the place of each category.
  std::vector<std::map<std::string, size_t>> places_;
  std::vector<Figure> figures_;  // Row-major: the last dimension moves first.
};

}  // namespace stegvis::cli
