// What a person's situation and the moments around it are called on the command
// line.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "client/cli/session.h"
#include "stegvis/v1/participation.pb.h"

namespace stegvis::cli {

struct SituationOptions {
  std::vector<std::string> supports;  // `kod` or `kod:omfattning`.
  std::optional<double> work, study;
  std::string seeking;  // ja, nej or not said.
};

void AddSituation(CLI::App& app, SituationOptions& options);

// Puts what was said into `situation`; what was not stays as it is.
absl::Status Apply(const SituationOptions& options, v1::Situation& situation);
bool SaysAnything(const SituationOptions& options);

// `QUESTION=VALUE`, the question by its text.
void AddAnswers(CLI::App& app, std::vector<std::string>& answers);

// The answers with the resource names of the questions of `forbund`.
absl::StatusOr<std::vector<v1::Answer>> ParseAnswers(
    const std::vector<std::string>& texts, const std::string& forbund,
    Session& session);

// Puts `answers` among those known; one to the same question replaces it.
void MergeAnswers(const std::vector<v1::Answer>& answers,
                  google::protobuf::RepeatedPtrField<v1::Answer>& known);

}  // namespace stegvis::cli
