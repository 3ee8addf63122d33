// An installation for the tests of handlers: a true store in a folder of its
// own, and a förbund with an insats to begin with. Runs handlers as the
// pipeline does: a write in one transaction, then its answer in a read.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/base/status_macros.h"
#include "services/handlers/result_ref.h"
#include "stegvis/v1/forbund.pb.h"
#include "stegvis/v1/import.pb.h"
#include "stegvis/v1/insats.pb.h"
#include "stegvis/v1/participation.pb.h"
#include "storage/store/store.h"

namespace stegvis::testing {

// Opens the numbers of people who do not exist.
inline constexpr RevealKey kKey = RevealKey::For("an invented person");

// A caller with one role in `scope`, a scope's name.
access::Caller CallerWith(absl::string_view user, domain::Role role,
                          absl::string_view scope = "forbund/-");

// Valid messages, to be changed at will; the participation's is that of
// ARegistration in tests/support, with a name.
v1::Forbund AForbundMessage();
v1::Insats AnInsatsMessage(absl::string_view title);
v1::Situation ASituationMessage(absl::string_view source);
v1::Registration ARegistrationMessage();
v1::Exit AnExitMessage(absl::string_view date);

// The refused rows as `LINE FIELD REASON`.
std::vector<std::string> Refusals(const v1::ImportProgress& progress);

// One thread.
class TestInstallation {
 public:
  // It is noon of 2026-11-20.
  TestInstallation();
  ~TestInstallation();

  storage::Store& GetStore() { return *store_; }
  ManualClock& GetClock() { return clock_; }
  const domain::CodeBook& Codes() const { return store_->Codes(); }

  // The förbund and its personal insats.
  const std::string& Forbund() const { return forbund_; }
  const std::string& Insats() const { return insats_; }

  std::string AddForbund(const v1::Forbund& forbund);
  std::string AddInsats(const std::string& forbund, const v1::Insats& insats);

  // Runs a write of a handler and builds its answer.
  template <typename Response, typename Handler, typename Request>
  absl::StatusOr<Response> Write(
      const Handler& handler,
      absl::StatusOr<handlers::ResultRef> (Handler::*method)(
          const access::Caller&, const Request&, storage::WriteTransaction&)
          const,
      const access::Caller& caller, const Request& request) {
    handlers::ResultRef result;
    RETURN_IF_ERROR(store_->WriteAndWait(
        [&](storage::WriteTransaction& tx) -> absl::Status {
          ASSIGN_OR_RETURN(result, (handler.*method)(caller, request, tx));
          return absl::OkStatus();
        }));
    return Answer<Response>(handler, caller, result);
  }

  // Builds the answer of a write from what it made.
  template <typename Response, typename Handler>
  absl::StatusOr<Response> Answer(const Handler& handler,
                                  const access::Caller& caller,
                                  const handlers::ResultRef& result) {
    Response response;
    RETURN_IF_ERROR(
        store_->Read(storage::AsOf::Now(), [&](storage::ReadTransaction& tx) {
          return handler.Answer(caller, result, tx, response);
        }));
    return response;
  }

  template <typename Handler, typename Request, typename Response>
  absl::StatusOr<Response> Read(
      const Handler& handler,
      absl::Status (Handler::*method)(const access::Caller&, const Request&,
                                      storage::ReadTransaction&, Response&)
          const,
      const access::Caller& caller, const Request& request) {
    Response response;
    RETURN_IF_ERROR(
        store_->Read(storage::AsOf::Now(), [&](storage::ReadTransaction& tx) {
          return (handler.*method)(caller, request, tx, response);
        }));
    return response;
  }

  // Applies, or checks in a dry run, one message of rows.
  template <typename Import, typename Rows>
  absl::StatusOr<v1::ImportProgress> Apply(const Import& import,
                                           const access::Caller& caller,
                                           const Rows& rows) {
    v1::ImportProgress progress;
    RETURN_IF_ERROR(store_->WriteAndWait([&](storage::WriteTransaction& tx) {
      return import.Apply(caller, rows, tx, progress);
    }));
    return progress;
  }
  template <typename Import, typename Rows>
  absl::StatusOr<v1::ImportProgress> Check(Import& import,
                                           const access::Caller& caller,
                                           const Rows& rows) {
    v1::ImportProgress progress;
    RETURN_IF_ERROR(
        store_->Read(storage::AsOf::Now(), [&](storage::ReadTransaction& tx) {
          return import.Check(caller, rows, tx, progress);
        }));
    return progress;
  }

 private:
  ManualClock clock_;
  std::filesystem::path folder_;
  std::unique_ptr<storage::Store> store_;
  std::string forbund_;
  std::string insats_;
};

}  // namespace stegvis::testing
