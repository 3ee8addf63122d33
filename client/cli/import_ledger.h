// Keeps account of an import: which rows are on their way, what became of
// them, and in which order to say so.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "client/cli/row_cells.h"
#include "stegvis/v1/import.pb.h"

namespace stegvis::cli {

// Which columns the answers of a sent row came from; the indexes in the
// server's field paths count them.
struct RowTrace {
  std::vector<std::string> entry_answers;
  std::vector<std::string> exit_answers;
  std::vector<std::string> follow_ups;  // Of their dates.
};

// Everything that became of a file.
struct ImportSummary {
  v1::ImportProgress totals;  // With rows and findings only when kept.
  int64_t refused = 0;
  absl::btree_map<std::string, int64_t> findings;  // How often each kind.
};

// Thread-safe: one thread tells of rows, another of answers.
class ImportLedger {
 public:
  // The column of a field path of the server.
  using ColumnOf =
      std::function<std::string(const std::string& path, const RowTrace&)>;
  // Is handed every refused row, in the order of lines.
  using Listing = std::function<void(int64_t line, const RowFaults&)>;

  // `keep_rows`: the totals also hold each refused row and finding.
  ImportLedger(ColumnOf column_of, Listing listing, bool keep_rows);

  // The next row of the file was sent, or refused here.
  void Sent(int64_t line, RowTrace trace);
  void RefusedHere(int64_t line, RowFaults faults);

  // The server answered for the next `progress.rows()` rows that were sent.
  void Answered(const v1::ImportProgress& progress);

  // No more answers come: lists what is left. Gives the first line that was
  // sent and not answered for, if there is one.
  std::optional<int64_t> Finish();

  int64_t AnsweredRows() const;
  const ImportSummary& Summary() const;  // After Finish.

 private:
  struct Row {
    int64_t line;
    bool sent;
    RowFaults faults;  // Of a row that is refused here.
    RowTrace trace;    // Of a row that is sent.
  };

  void PopAnswered() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void List(int64_t line, const RowFaults& faults)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Add(const v1::ImportProgress& progress)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const ColumnOf column_of_;
  const Listing listing_;
  const bool keep_rows_;

  mutable absl::Mutex mutex_;
  std::deque<Row> rows_ ABSL_GUARDED_BY(mutex_);  // In the order of the file.
  int64_t to_pop_ ABSL_GUARDED_BY(mutex_) = 0;    // Answered, not yet popped.
  std::map<int64_t, v1::RefusedRow> refused_ ABSL_GUARDED_BY(mutex_);
  ImportSummary summary_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace stegvis::cli
