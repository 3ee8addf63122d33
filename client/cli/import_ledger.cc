#include "client/cli/import_ledger.h"

#include <utility>

namespace stegvis::cli {

ImportLedger::ImportLedger(ColumnOf column_of, Listing listing, bool keep_rows)
    : column_of_(std::move(column_of)),
      listing_(std::move(listing)),
      keep_rows_(keep_rows) {}

void ImportLedger::Sent(int64_t line, RowTrace trace) {
  absl::MutexLock lock(&mutex_);
  rows_.push_back({line, /*sent=*/true, {}, std::move(trace)});
}

void ImportLedger::RefusedHere(int64_t line, RowFaults faults) {
  absl::MutexLock lock(&mutex_);
  rows_.push_back({line, /*sent=*/false, std::move(faults), {}});
  summary_.totals.set_rows(summary_.totals.rows() + 1);
  PopAnswered();
}

void ImportLedger::Answered(const v1::ImportProgress& progress) {
  absl::MutexLock lock(&mutex_);
  Add(progress);
  for (const v1::RefusedRow& row : progress.refused_rows()) {
    refused_[row.line()] = row;
  }
  to_pop_ += progress.rows();
  PopAnswered();
}

void ImportLedger::Add(const v1::ImportProgress& progress) {
  v1::ImportProgress& totals = summary_.totals;
  totals.set_rows(totals.rows() + progress.rows());
  totals.set_recorded(totals.recorded() + progress.recorded());
  totals.set_updated(totals.updated() + progress.updated());
  totals.set_unchanged(totals.unchanged() + progress.unchanged());
  totals.set_unknown_supports(totals.unknown_supports() +
                              progress.unknown_supports());
  for (const v1::RowFinding& finding : progress.findings()) {
    for (const std::string& kind : finding.kinds()) ++summary_.findings[kind];
  }
  if (keep_rows_) totals.mutable_findings()->MergeFrom(progress.findings());
}

// What the client refused waits for the rows before it to be answered for, so
// that the list follows the file.
void ImportLedger::PopAnswered() {
  while (!rows_.empty() && (to_pop_ > 0 || !rows_.front().sent)) {
    const Row row = std::move(rows_.front());
    rows_.pop_front();
    if (!row.sent) {
      List(row.line, row.faults);
      continue;
    }
    --to_pop_;
    const auto found = refused_.find(row.line);
    if (found == refused_.end()) continue;
    RowFaults faults;
    for (const v1::FieldReason& fault : found->second.faults()) {
      faults.push_back({column_of_(fault.field(), row.trace), fault.reason()});
    }
    refused_.erase(found);
    List(row.line, faults);
  }
}

void ImportLedger::List(int64_t line, const RowFaults& faults) {
  ++summary_.refused;
  listing_(line, faults);
  if (!keep_rows_) return;
  v1::RefusedRow* row = summary_.totals.add_refused_rows();
  row->set_line(line);
  for (const Fault& fault : faults) {
    v1::FieldReason* reason = row->add_faults();
    reason->set_field(fault.field);
    reason->set_reason(fault.reason);
  }
}

std::optional<int64_t> ImportLedger::Finish() {
  absl::MutexLock lock(&mutex_);
  std::optional<int64_t> first_unanswered;
  while (!rows_.empty()) {
    const Row row = std::move(rows_.front());
    rows_.pop_front();
    if (!row.sent) List(row.line, row.faults);
    if (row.sent && !first_unanswered.has_value()) first_unanswered = row.line;
  }
  return first_unanswered;
}

int64_t ImportLedger::AnsweredRows() const {
  absl::MutexLock lock(&mutex_);
  return summary_.totals.rows();
}

// Nobody writes after Finish.
const ImportSummary& ImportLedger::Summary() const
    ABSL_NO_THREAD_SAFETY_ANALYSIS {
  return summary_;
}

}  // namespace stegvis::cli
