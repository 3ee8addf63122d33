// Lists that come in pages, read to their end.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/cli/connection.h"
#include "services/base/limits.h"

namespace stegvis::cli {

// Calls `method` page by page and hands each page to `visit`.
template <typename Stub, typename Request, typename Response, typename Visit>
absl::Status ForEachPage(Connection& connection,
                         grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                      const Request&,
                                                      Response*),
                         Request request, const Visit& visit) {
  request.set_page_size(limits::kMaxPageSize);
  while (true) {
    const absl::StatusOr<Response> page = connection.Call(method, request);
    if (!page.ok()) return page.status();
    visit(*page);
    if (page->next_page_token().empty()) return absl::OkStatus();
    request.set_page_token(page->next_page_token());
  }
}

// All pages as one answer, without a token.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> AllPages(
    Connection& connection,
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                 Response*),
    const Request& request) {
  Response all;
  const absl::Status status =
      ForEachPage(connection, method, request,
                  [&](const Response& page) { all.MergeFrom(page); });
  if (!status.ok()) return status;
  all.clear_next_page_token();
  return all;
}

}  // namespace stegvis::cli
