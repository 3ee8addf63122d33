#include "client/cli/json_stat_cube.h"

#include "absl/strings/str_cat.h"

namespace stegvis::cli {
namespace {

using google::protobuf::ListValue;
using google::protobuf::Struct;

Struct& Object(Struct& parent, const std::string& name) {
  return *(*parent.mutable_fields())[name].mutable_struct_value();
}

ListValue& List(Struct& parent, const std::string& name) {
  return *(*parent.mutable_fields())[name].mutable_list_value();
}

void SetText(Struct& parent, const std::string& name, const std::string& text) {
  (*parent.mutable_fields())[name].set_string_value(text);
}

void AddDimension(const CubeDimension& dimension, Struct& dataset) {
  List(dataset, "id").add_values()->set_string_value(dimension.id);
  List(dataset, "size")
      .add_values()
      ->set_number_value(static_cast<double>(dimension.categories.size()));
  Struct& described = Object(Object(dataset, "dimension"), dimension.id);
  SetText(described, "label", dimension.label);
  Struct& category = Object(described, "category");
  Struct& labels = Object(category, "label");
  for (const auto& [id, label] : dimension.categories) {
    List(category, "index").add_values()->set_string_value(id);
    SetText(labels, id, label);
  }
}

}  // namespace

JsonStatCube::JsonStatCube(std::string label,
                           std::vector<CubeDimension> dimensions,
                           std::string metric)
    : label_(std::move(label)),
      dimensions_(std::move(dimensions)),
      metric_(std::move(metric)) {
  size_t size = 1;
  for (const CubeDimension& dimension : dimensions_) {
    std::map<std::string, size_t>& places = places_.emplace_back();
    for (const auto& [id, _] : dimension.categories) {
      places.emplace(id, places.size());
    }
    size *= dimension.categories.size();
  }
  figures_.resize(size);
}

void JsonStatCube::Set(const std::vector<std::string>& at,
                       const Figure& figure) {
  size_t place = 0;
  for (size_t i = 0; i < at.size(); ++i) {
    const auto found = places_[i].find(at[i]);
    if (found == places_[i].end()) return;
    place = place * places_[i].size() + found->second;
  }
  figures_[place] = figure;
}

void JsonStatCube::Fill(const Figure& figure) {
  figures_.assign(figures_.size(), figure);
}

Struct JsonStatCube::Dataset() const {
  Struct dataset;
  SetText(dataset, "version", "2.0");
  SetText(dataset, "class", "dataset");
  SetText(dataset, "label", label_);
  for (const CubeDimension& dimension : dimensions_) {
    AddDimension(dimension, dataset);
  }
  if (!metric_.empty()) {
    List(Object(dataset, "role"), "metric")
        .add_values()
        ->set_string_value(metric_);
  }
  ListValue& values = List(dataset, "value");
  for (size_t i = 0; i < figures_.size(); ++i) {
    google::protobuf::Value& value = *values.add_values();
    if (figures_[i].Known()) {
      value.set_number_value(figures_[i].value);
      continue;
    }
    value.set_null_value(google::protobuf::NULL_VALUE);
    if (figures_[i].state == Figure::State::kWithheld) {
      SetText(Object(dataset, "status"), absl::StrCat(i), kWithheldSign);
    }
  }
  return dataset;
}

}  // namespace stegvis::cli
