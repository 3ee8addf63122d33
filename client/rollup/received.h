// What a node delivered, judged by itself: whose it is, whether its signature
// is right, and whether it says what it should.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "client/rollup/ask.h"
#include "client/rollup/nodes.h"
#include "services/outcome/outcome_report.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::rollup {

struct Received {
  // Its state is never unspecified; a gap unless there is a report.
  v1::RollupSource source;
  std::optional<outcome::OutcomeReport> report;
  std::string signed_bytes;  // Of a sealed report: payload and signature.
  // The förbund was there in the year, or has something in the report.
  bool concerns = true;
};

// `address`: the node's; `question`: what it was asked.
Received Receive(const Delivery& delivery, const std::string& address,
                 const Question& question, const PublicKeys& keys);

// Makes `received` a gap.
void Lose(v1::RollupSource::Gap gap, std::string detail, Received& received);

}  // namespace stegvis::rollup
