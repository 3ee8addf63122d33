#include "client/cli/code_labels.h"

#include "client/cli/paging.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/code_list.grpc.pb.h"

namespace stegvis::cli {

CodeLabels::CodeLabels(const v1::ListCodesResponse& codes) {
  for (const v1::Code& code : codes.codes()) {
    labels_.emplace(std::make_pair(code.list(), code.code()), code.label());
  }
}

std::string CodeLabels::Label(absl::string_view list,
                              absl::string_view code) const {
  const auto found =
      labels_.find(std::make_pair(std::string(list), std::string(code)));
  return found == labels_.end() ? std::string(code) : found->second;
}

absl::StatusOr<CodeLabels> LoadLabels(Session& session) {
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  ASSIGN_OR_RETURN(const v1::ListCodesResponse codes,
                   AllPages(*connection, &v1::CodeListService::Stub::ListCodes,
                            v1::ListCodesRequest()));
  return CodeLabels(codes);
}

}  // namespace stegvis::cli
