#include "client/cli/connection.h"

#include <chrono>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "client/cli/complaint.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/base/errors.h"
#include "services/base/ids.h"

namespace stegvis::cli {
namespace {

constexpr int kAttempts = 4;
constexpr absl::Duration kFirstPause = absl::Milliseconds(200);
constexpr std::chrono::seconds kDeadline(120);

struct Details {
  std::string reason;
  std::vector<Fault> faults;
};

Details ReadDetails(const grpc::Status& status) {
  Details details;
  google::rpc::Status rich;
  if (!rich.ParseFromString(status.error_details())) return details;
  for (const auto& any : rich.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    if (any.UnpackTo(&info)) details.reason = info.reason();
    if (!any.UnpackTo(&bad)) continue;
    for (const auto& violation : bad.field_violations()) {
      details.faults.push_back({violation.field(), violation.reason()});
    }
  }
  return details;
}

grpc::ChannelArguments ChannelArguments() {
  grpc::ChannelArguments arguments;
  // A report with every insats of the nation is larger than gRPC's 4 MiB.
  arguments.SetMaxReceiveMessageSize(-1);
  return arguments;
}

}  // namespace

std::string NewRequestId() { return UuidText(TimeOrderedUuid()); }

Connection::Connection(const Profile& profile) : address_(profile.address) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = profile.ca_pem;
  options.pem_cert_chain = profile.certificate_pem;
  options.pem_private_key = profile.key_pem;
  channel_ = grpc::CreateCustomChannel(address_, grpc::SslCredentials(options),
                                       ChannelArguments());
}

absl::Status Connection::Try(const Attempt& attempt) const {
  absl::Duration pause = kFirstPause;
  for (int tried = 1;; ++tried) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kDeadline);
    const grpc::Status status = attempt(&context);
    if (status.ok()) return absl::OkStatus();
    // Without details nobody answered: a server that is not there is said so
    // at once.
    const bool again = status.error_code() == grpc::StatusCode::UNAVAILABLE &&
                       !status.error_details().empty();
    if (!again || tried == kAttempts) return Explain(status);
    absl::SleepFor(pause);
    pause *= 2;
  }
}

absl::Status Connection::Explain(const grpc::Status& status) const {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  const Details details = ReadDetails(status);
  if (!details.reason.empty() || !details.faults.empty()) {
    return RemoteComplaint(code, details.reason, details.faults);
  }
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
      return absl::Status(
          code, absl::StrCat("Servern på ", address_,
                             " svarar inte, eller godkänner inte "
                             "certifikatet. Kontrollera att den är igång och "
                             "att profilen hör till den."));
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return RemoteComplaint(code, "DEADLINE_EXCEEDED", {});
    case grpc::StatusCode::CANCELLED:
      return RemoteComplaint(code, "CANCELLED", {});
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return absl::Status(code,
                          "Det som skickades är för stort för servern. Dela "
                          "upp det eller korta texterna.");
    case grpc::StatusCode::UNIMPLEMENTED:
      return absl::Status(code, absl::StrCat("Servern på ", address_,
                                             " kan inte detta. Uppgradera "
                                             "den."));
    default:
      return absl::Status(
          code, absl::StrCat("Servern på ", address_, " svarade med felet ",
                             int{status.error_code()},
                             ". Kör igen, och rapportera om det kvarstår."));
  }
}

}  // namespace stegvis::cli
