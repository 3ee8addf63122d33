// Förbund and insatser by what people call them.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "client/cli/connection.h"
#include "stegvis/v1/forbund.pb.h"
#include "stegvis/v1/insats.pb.h"

namespace stegvis::cli {

// What the caller may see, read once; insatser and questions when a förbund is
// first asked for. One thread.
class Directory {
 public:
  static absl::StatusOr<Directory> Load(Connection& connection);

  // The förbund called so: a display name, an organisation number with or
  // without hyphen, or a resource name. NOT_FOUND, with a Swedish line, when
  // there is none; FAILED_PRECONDITION when several have the name.
  absl::StatusOr<const v1::Forbund*> FindForbund(absl::string_view text) const;

  // The one that `text` says or, when that is empty, the only one there is.
  absl::StatusOr<const v1::Forbund*> ForbundOrOnly(
      absl::string_view text) const;

  // The insats of `forbund` with that title or resource name. NOT_FOUND.
  absl::StatusOr<const v1::Insats*> FindInsats(const v1::Forbund& forbund,
                                               absl::string_view text);

  // All of a förbund, in the server's order.
  absl::StatusOr<const std::vector<v1::Insats>*> Insatser(
      const std::string& forbund);
  absl::StatusOr<const std::vector<v1::Question>*> Questions(
      const std::string& forbund);

  // By display name.
  const std::vector<v1::Forbund>& AllForbund() const { return forbund_; }

  // What people call the thing with this resource name; else the name itself.
  std::string ForbundTitle(const std::string& name) const;
  std::string InsatsTitle(const std::string& name);

 private:
  explicit Directory(Connection& connection) : connection_(&connection) {}

  using Index = absl::flat_hash_map<std::string, size_t>;

  absl::StatusOr<const Index*> TitlesOf(const v1::Forbund& forbund);

  Connection* connection_;
  std::vector<v1::Forbund> forbund_;
  absl::flat_hash_map<std::string, std::vector<size_t>> by_text_;
  // Nodes: callers hold pointers to the values.
  absl::node_hash_map<std::string, std::vector<v1::Insats>> insatser_;
  absl::node_hash_map<std::string, Index> titles_;
  absl::node_hash_map<std::string, std::vector<v1::Question>> questions_;
};

}  // namespace stegvis::cli
