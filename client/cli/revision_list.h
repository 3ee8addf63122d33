// Lists of what is kept of years, revision by revision: sealed reports and
// releases.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <iostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/cli/paging.h"
#include "client/cli/session.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {

// What a user asks for.
struct RevisionQuery {
  int year = 0;         // 0: all.
  std::string forbund;  // As the user calls it; empty for all.
  std::string format;   // "json", or a table.
};

// What the list of one kind says, in Swedish.
struct RevisionWords {
  std::string whose, when, nothing;
};

// A row of it.
struct ListedRevision {
  std::string whose;
  int year = 0;
  int revision = 0;
  google::protobuf::Timestamp when;
  std::string name;
};

// The resource name of the förbund called so; of the whole when `text` is
// empty. NOT_FOUND, with a Swedish line.
absl::StatusOr<std::string> ForbundOrAll(const std::string& text,
                                         Session& session);

// What a terminal shows.
std::string RevisionTable(const RevisionWords& words,
                          const std::vector<ListedRevision>& rows);

// Asks for all pages and prints them; `rows_of` a response are its rows.
template <typename Stub, typename Request, typename Response, typename RowsOf>
absl::Status ListRevisions(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                        const Request&,
                                                        Response*),
                           const RevisionQuery& query,
                           const RevisionWords& words, const RowsOf& rows_of,
                           Session& session) {
  Request request;
  request.set_year(query.year);
  ASSIGN_OR_RETURN(*request.mutable_parent(),
                   ForbundOrAll(query.forbund, session));
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  ASSIGN_OR_RETURN(const Response all, AllPages(*connection, method, request));
  std::cout << (query.format == "json" ? JsonText(all)
                                       : RevisionTable(words, rows_of(all)));
  return absl::OkStatus();
}

}  // namespace stegvis::cli
