// Sends the rows of a file to the server while its answers come in.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "client/cli/connection.h"
#include "client/cli/csv_reader.h"
#include "client/cli/import_kind.h"
#include "client/cli/import_ledger.h"
#include "client/cli/number_format.h"
#include "client/cli/terminal.h"
#include "stegvis/v1/import.pb.h"

namespace stegvis::cli {

inline constexpr int kRowsPerMessage = 500;
inline constexpr size_t kBytesPerMessage = 1 << 20;

// Rows that are refused here wait for the sent ones before them; after so many
// of them the latter are sent even if the message is not full.
inline constexpr int kRefusedPerMessage = 10'000;

// One import. `Request` has `options` and `rows`.
template <typename Request, typename Row>
class ImportStream {
 public:
  using Stream = grpc::ClientReaderWriter<Request, v1::ImportProgress>;

  ImportStream(std::unique_ptr<Stream> stream, ImportLedger& ledger,
               Progress& progress)
      : stream_(std::move(stream)), ledger_(ledger), progress_(progress) {}

  // Sends everything that `reader` still has and waits for the answers. The
  // status is the server's; what was answered until then is in the ledger.
  // `parsing` says why the client stopped before the end, if it did.
  grpc::Status Run(const v1::ImportOptions& options, CsvReader& reader,
                   RowParser<Row>& parser, absl::Status& parsing);

 private:
  bool SendRows();
  bool TakeRow(const CsvRow& csv, RowParser<Row>& parser,
               absl::Status& parsing);
  bool Refuse(const CsvRow& csv, RowFaults faults);
  void ReceiveAnswers();

  std::unique_ptr<Stream> stream_;
  ImportLedger& ledger_;
  Progress& progress_;
  Request message_;
  size_t message_bytes_ = 0;
  int refused_since_ = 0;
};

template <typename Request, typename Row>
grpc::Status ImportStream<Request, Row>::Run(const v1::ImportOptions& options,
                                             CsvReader& reader,
                                             RowParser<Row>& parser,
                                             absl::Status& parsing) {
  std::thread receiver([this] { ReceiveAnswers(); });
  Request first;
  *first.mutable_options() = options;
  bool going = stream_->Write(first);
  CsvRow csv;
  while (going && reader.Next(csv)) {
    going = TakeRow(csv, parser, parsing);
  }
  if (going) SendRows();
  stream_->WritesDone();
  receiver.join();
  return stream_->Finish();
}

// False when the import cannot go on.
template <typename Request, typename Row>
bool ImportStream<Request, Row>::TakeRow(const CsvRow& csv,
                                         RowParser<Row>& parser,
                                         absl::Status& parsing) {
  RowFaults faults;
  RowTrace trace;
  if (!csv.fault.empty()) {
    faults.push_back({"raden", csv.fault});
    return Refuse(csv, std::move(faults));
  }
  auto& rows = *message_.mutable_rows()->mutable_rows();
  parsing = parser.Parse(csv, *rows.Add(), faults, trace);
  if (!parsing.ok()) return false;
  if (!faults.empty()) {
    rows.RemoveLast();
    return Refuse(csv, std::move(faults));
  }
  ledger_.Sent(csv.line, std::move(trace));
  message_bytes_ += rows.rbegin()->ByteSizeLong();
  const bool full =
      rows.size() >= kRowsPerMessage || message_bytes_ >= kBytesPerMessage;
  return !full || SendRows();
}

template <typename Request, typename Row>
bool ImportStream<Request, Row>::SendRows() {
  if (!message_.has_rows() || message_.rows().rows().empty()) return true;
  const bool written = stream_->Write(message_);
  message_.mutable_rows()->clear_rows();
  message_bytes_ = 0;
  refused_since_ = 0;
  return written;
}

template <typename Request, typename Row>
bool ImportStream<Request, Row>::Refuse(const CsvRow& csv, RowFaults faults) {
  ledger_.RefusedHere(csv.line, std::move(faults));
  return ++refused_since_ < kRefusedPerMessage || SendRows();
}

template <typename Request, typename Row>
void ImportStream<Request, Row>::ReceiveAnswers() {
  v1::ImportProgress progress;
  while (stream_->Read(&progress)) {
    ledger_.Answered(progress);
    progress_.Show(
        absl::StrCat(FormatNumber(ledger_.AnsweredRows()), " rader"));
  }
}

}  // namespace stegvis::cli
