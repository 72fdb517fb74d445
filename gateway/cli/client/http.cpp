#include "gateway/cli/client/http.h"

#include <algorithm>
#include <curl/curl.h>

#include <fmt/format.h>

#include "gateway/cli/arguments.h"

namespace sekisho::cli {

namespace {

constexpr long connect_seconds = 10;
constexpr long low_speed_seconds = 120;

struct Upload {
    const Descriptor* file = nullptr;
    std::uint64_t offset = 0;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* target) {
    static_cast<std::string*>(target)->append(data, size * count);
    return size * count;
}

std::size_t take_file(char* data, std::size_t size, std::size_t count, void* target) {
    const auto* file = static_cast<const Descriptor*>(target);
    return write_all(*file, as_view(std::string_view(data, size * count))) ? size * count : 0;
}

std::size_t give_file(char* data, std::size_t size, std::size_t count, void* source) {
    auto* upload = static_cast<Upload*>(source);
    Bytes bytes(size * count);
    const auto got = read_at(*upload->file, upload->offset, bytes);
    if (!got) return CURL_READFUNC_ABORT;
    std::copy_n(as_chars(bytes.data()), *got, data);
    upload->offset += *got;
    return *got;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* target) {
    const std::string_view line(data, size * count);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
        std::string name(line.substr(0, colon));
        std::ranges::transform(name, name.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        std::string_view value = line.substr(colon + 1);
        while (!value.empty() && (value.front() == ' ')) value.remove_prefix(1);
        while (!value.empty() && (value.back() == '\r' || value.back() == '\n')) value.remove_suffix(1);
        static_cast<HttpAnswer*>(target)->headers[name] = std::string(value);
    }
    return line.size();
}

} // namespace

struct HttpClient::State {
    std::string base;
    std::string authority;
    CURL* handle = curl_easy_init();
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { curl_easy_cleanup(handle); }

    Result<HttpAnswer> perform(const std::string& path, const Headers& headers, HttpAnswer answer) {
        // What the portal says is shown beside our own words.
        const char* language = speaks_japanese() ? "Accept-Language: ja" : "Accept-Language: en";
        curl_slist* list = curl_slist_append(nullptr, language);
        for (const std::string& header : headers) list = curl_slist_append(list, header.c_str());
        list = curl_slist_append(list, "Expect:"); // the portal would only confirm it
        const std::string address = base + path;
        curl_easy_setopt(handle, CURLOPT_URL, address.c_str());
        curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list);
        curl_easy_setopt(handle, CURLOPT_CAINFO, authority.c_str());
        curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "https");
        curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
        curl_easy_setopt(handle, CURLOPT_COOKIEFILE, "");
        curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, connect_seconds);
        curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
        curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, low_speed_seconds);
        curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(handle, CURLOPT_HEADERDATA, &answer);
        const CURLcode code = curl_easy_perform(handle);
        long status = 0;
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
        curl_slist_free_all(list);
        // A portal may answer and close before it has read a whole upload: its answer is what counts.
        if (code != CURLE_OK && status < 300)
            return fail("peer.unreachable", curl_easy_strerror(code), address,
                        "Is the gateway running? See: sekisho zone status");
        answer.status = static_cast<int>(status);
        return answer;
    }
    // Options stay on a handle; the cookies, which are the session, must stay, too.
    void begin(const char* method) {
        curl_easy_setopt(handle, CURLOPT_UPLOAD, 0L);
        curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, method);
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
    }
};

HttpClient::HttpClient(std::string base, std::string authority) : m_state(std::make_unique<State>()) {
    m_state->base = std::move(base);
    m_state->authority = std::move(authority);
}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;

Result<HttpAnswer> HttpClient::send(const std::string& method, const std::string& path, const Headers& headers,
                                    const std::string& body) {
    State& state = *m_state;
    state.begin(method.c_str());
    std::string received;
    curl_easy_setopt(state.handle, CURLOPT_WRITEDATA, &received);
    if (method == "HEAD") curl_easy_setopt(state.handle, CURLOPT_NOBODY, 1L); // its length is not that of a body
    if (!body.empty()) {
        curl_easy_setopt(state.handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        curl_easy_setopt(state.handle, CURLOPT_POSTFIELDS, body.data());
    }
    HttpAnswer answer = TRY(state.perform(path, headers, {}));
    answer.body = std::move(received);
    return answer;
}

Result<HttpAnswer> HttpClient::send_file(const std::string& path, const Headers& headers, const Descriptor& file,
                                         std::uint64_t offset, std::uint64_t size) {
    State& state = *m_state;
    state.begin("PATCH");
    Upload upload{&file, offset};
    std::string received;
    curl_easy_setopt(state.handle, CURLOPT_WRITEDATA, &received);
    curl_easy_setopt(state.handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(state.handle, CURLOPT_CUSTOMREQUEST, "PATCH");
    curl_easy_setopt(state.handle, CURLOPT_READFUNCTION, give_file);
    curl_easy_setopt(state.handle, CURLOPT_READDATA, &upload);
    curl_easy_setopt(state.handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(size - offset));
    HttpAnswer answer = TRY(state.perform(path, headers, {}));
    answer.body = std::move(received);
    return answer;
}

Result<HttpAnswer> HttpClient::fetch(const std::string& path, const Descriptor& file) {
    State& state = *m_state;
    state.begin("GET");
    curl_easy_setopt(state.handle, CURLOPT_WRITEFUNCTION, take_file);
    curl_easy_setopt(state.handle, CURLOPT_WRITEDATA, const_cast<Descriptor*>(&file));
    return state.perform(path, {}, {});
}

} // namespace sekisho::cli
