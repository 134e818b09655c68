// Written by scripts/list-nginx-directives.ts from the source of nginx 1.31.5. Do not edit.

/**
 * NAME CONTEXTS ARGUMENTS SETTER [since=MINOR] [until=MINOR], a line for each way in which nginx defines a directive.
 * Contexts: m MAIN, m DIRECT, e EVENT, h HTTP_MAIN, s HTTP_SRV, l HTTP_LOC, u HTTP_UPS, i HTTP_SIF, j HTTP_LIF, x HTTP_LMT, H STREAM_MAIN, S STREAM_SRV, U STREAM_UPS, p MAIL_MAIN, q MAIL_SRV, * ANY.
 * Arguments: the counts that are right, as digits; `1+`, `2+`, `*`, `flag` (on or off); with `{` it opens a block.
 * since, until: the first and the last stable 1.MINOR release that has it, where that is not every one.
 */
export const directiveTable = `
absolute_redirect hsl flag flag
accept_mutex e flag flag
accept_mutex_delay e 1 msec
acceptex_read e flag flag
access_log hsljx 1+ -
access_log HS 1+ -
add_after_body hsl 1 str
add_before_body hsl 1 str
add_header hslj 23 -
add_header_inherit hslj 1 enum since=99
add_trailer hslj 23 -
add_trailer_inherit hslj 1 enum since=99
addition_types hsl 1+ -
aio hsl 1 -
aio_write hsl flag flag
alias l 1 -
allow hslx 1 -
allow HS 1 -
ancient_browser hsl 1+ -
ancient_browser_value hsl 1 -
arg   -
auth_basic hslx 1 -
auth_basic_user_file hslx 1 -
auth_delay hsl 1 msec since=18
auth_http pq 1 -
auth_http_header pq 2 -
auth_http_pass_client_cert pq flag flag
auth_http_timeout pq 1 msec
auth_request hsl 1 -
auth_request_set hsl 2 -
autoindex hsl flag flag
autoindex_exact_size hsl flag flag
autoindex_format hsl 1 enum
autoindex_localtime hsl flag flag
break silj 0 -
charset hslj 1 -
charset_map h 2{ -
charset_types hsl 1+ -
chunked_transfer_encoding hsl flag flag
client_body_buffer_size hsl 1 size
client_body_early_read hs 1+ - since=99
client_body_in_file_only hsl 1 enum
client_body_in_single_buffer hsl flag flag
client_body_temp_path hsl 1234 path
client_body_timeout hsl 1 msec
client_header_buffer_size hs 1 size
client_header_timeout hs 1 msec
client_max_body_size hsl 1 off
connection_pool_size hs 1 size
create_full_put_path hsl flag flag
daemon m flag flag
dav_access hsl 123 access
dav_methods hsl 1+ bitmask
debug_connection e 1 -
debug_points m 1 enum
default   -
default_type hsl 1 str
degradation h 1 -
degrade hsl 1 enum
deny hslx 1 -
deny HS 1 -
devpoll_changes e 1 num
devpoll_events e 1 num
directio hsl 1 -
directio_alignment hsl 1 off
disable_symlinks hsl 12 -
early_hints hsl 1+ - since=99
empty_gif l 0 -
encoding   -
env m 1 -
epoll_events e 1 num
errmsg   -
error_log m 1+ -
error_log hsl 1+ -
error_log pq 1+ -
error_log HS 1+ -
error_page hslj 2+ -
etag hsl flag flag
eventport_events e 1 num
events m 0{ -
expires hslj 12 -
expr   -
fastcgi_bind hsl 12 -
fastcgi_buffer_size hsl 1 size
fastcgi_buffering hsl flag flag
fastcgi_buffers hsl 2 bufs
fastcgi_busy_buffers_size hsl 1 size
fastcgi_cache hsl 1 -
fastcgi_cache_background_update hsl flag flag
fastcgi_cache_bypass hsl 1+ -
fastcgi_cache_key hsl 1 -
fastcgi_cache_lock hsl flag flag
fastcgi_cache_lock_age hsl 1 msec
fastcgi_cache_lock_timeout hsl 1 msec
fastcgi_cache_max_range_offset hsl 1 off
fastcgi_cache_methods hsl 1+ bitmask
fastcgi_cache_min_uses hsl 1 num
fastcgi_cache_path h 2+ -
fastcgi_cache_revalidate hsl flag flag
fastcgi_cache_use_stale hsl 1+ bitmask
fastcgi_cache_valid hsl 1+ -
fastcgi_catch_stderr hsl 1 str_array
fastcgi_connect_timeout hsl 1 msec
fastcgi_force_ranges hsl flag flag
fastcgi_hide_header hsl 1 str_array
fastcgi_ignore_client_abort hsl flag flag
fastcgi_ignore_headers hsl 1+ bitmask
fastcgi_index hsl 1 str
fastcgi_intercept_errors hsl flag flag
fastcgi_keep_conn hsl flag flag
fastcgi_limit_rate hsl 1 -
fastcgi_max_temp_file_size hsl 1 size
fastcgi_next_upstream hsl 1+ bitmask
fastcgi_next_upstream_timeout hsl 1 msec
fastcgi_next_upstream_tries hsl 1 num
fastcgi_no_cache hsl 1+ -
fastcgi_param hsl 23 -
fastcgi_pass lj 1 -
fastcgi_pass_header hsl 1 str_array
fastcgi_pass_request_body hsl flag flag
fastcgi_pass_request_headers hsl flag flag
fastcgi_read_timeout hsl 1 msec
fastcgi_request_buffering hsl flag flag
fastcgi_send_lowat hsl 1 size
fastcgi_send_timeout hsl 1 msec
fastcgi_socket_keepalive hsl flag flag since=16
fastcgi_socket_rcvbuf hsl 1 size since=99
fastcgi_socket_sndbuf hsl 1 size since=99
fastcgi_split_path_info hsl 1 -
fastcgi_store hsl 1 -
fastcgi_store_access hsl 123 access
fastcgi_temp_file_write_size hsl 1 size
fastcgi_temp_path hsl 1234 path
file   -
flv l 0 -
geo h 12{ -
geo H 12{ -
geoip_city h 12 -
geoip_city H 12 -
geoip_country h 12 -
geoip_country H 12 -
geoip_org h 12 -
geoip_org H 12 -
geoip_proxy h 1 -
geoip_proxy_recursive h flag flag
google_perftools_profiles m 1 str
grpc_bind hsl 12 -
grpc_buffer_size hsl 1 size
grpc_connect_timeout hsl 1 msec
grpc_hide_header hsl 1 str_array
grpc_ignore_headers hsl 1+ bitmask
grpc_intercept_errors hsl flag flag
grpc_next_upstream hsl 1+ bitmask
grpc_next_upstream_timeout hsl 1 msec
grpc_next_upstream_tries hsl 1 num
grpc_pass lj 1 -
grpc_pass_header hsl 1 str_array
grpc_read_timeout hsl 1 msec
grpc_send_timeout hsl 1 msec
grpc_set_header hsl 2 keyval
grpc_socket_keepalive hsl flag flag since=16
grpc_socket_rcvbuf hsl 1 size since=99
grpc_socket_sndbuf hsl 1 size since=99
grpc_ssl_certificate hsl 1 -
grpc_ssl_certificate_cache hsl 123 - since=28
grpc_ssl_certificate_key hsl 1 -
grpc_ssl_ciphers hsl 1 str
grpc_ssl_conf_command hsl 2 keyval since=20
grpc_ssl_crl hsl 1 str
grpc_ssl_name hsl 1 -
grpc_ssl_password_file hsl 1 -
grpc_ssl_protocols hsl 1+ bitmask
grpc_ssl_server_name hsl flag flag
grpc_ssl_session_reuse hsl flag flag
grpc_ssl_trusted_certificate hsl 1 str
grpc_ssl_verify hsl flag flag
grpc_ssl_verify_depth hsl 1 num
gunzip hsl flag flag
gunzip_buffers hsl 2 bufs
gzip hslj flag flag
gzip_buffers hsl 2 bufs
gzip_comp_level hsl 1 num
gzip_disable hsl 1+ -
gzip_hash hsl 1 size
gzip_http_version hsl 1 enum
gzip_min_length hsl 1 size
gzip_no_buffer hsl flag flag
gzip_proxied hsl 1+ bitmask
gzip_static hsl 1 enum
gzip_types hsl 1+ -
gzip_vary hsl flag flag
gzip_window hsl 1 size
hash u 12 -
hash U 12 -
http m 0{ -
http2 hs flag flag since=26
http2_body_preread_size hs 1 size
http2_chunk_size hsl 1 size
http2_idle_timeout hs 1 -
http2_max_concurrent_pushes hs 1 -
http2_max_concurrent_streams hs 1 num
http2_max_field_size hs 1 -
http2_max_header_size hs 1 -
http2_max_requests hs 1 -
http2_pool_size hs 1 size
http2_push hsl 1 -
http2_push_preload hsl flag -
http2_recv_buffer_size h 1 size
http2_recv_timeout hs 1 -
http2_streams_index_size hs 1 num
http3 hs flag flag since=26
http3_hq hs flag flag since=26
http3_max_concurrent_streams hs 1 num since=26
http3_stream_buffer_size hs 1 size since=26
if sl 1+{ -
if_modified_since hsl 1 enum
ignore_invalid_headers hs flag flag
image_filter l 123 -
image_filter_buffer hsl 1 size
image_filter_interlace hsl flag flag
image_filter_jpeg_quality hsl 1 -
image_filter_sharpen hsl 1 -
image_filter_transparency hsl flag flag
image_filter_webp_quality hsl 1 -
imap_auth pq 1+ bitmask
imap_capabilities pq 1+ -
imap_client_buffer pq 1 size
include * 1 -
index hsl 1+ -
internal l 0 -
iocp_threads e 1 num
ip_hash u 0 -
keepalive u 12 -
keepalive_disable hsl 12 bitmask
keepalive_min_timeout hsl 1 msec since=28
keepalive_requests hsl 1 num
keepalive_requests u 1 num
keepalive_time u 1 msec since=20
keepalive_time hsl 1 msec since=20
keepalive_timeout hsl 12 -
keepalive_timeout u 1 msec
kqueue_changes e 1 num
kqueue_events e 1 num
large_client_header_buffers hs 2 bufs
least_conn u 0 -
least_conn U 0 -
least_time u 12 - since=99
least_time U 12 - since=99
limit_conn hsl 2 -
limit_conn HS 2 -
limit_conn_dry_run hsl flag flag since=18
limit_conn_dry_run HS flag flag since=18
limit_conn_log_level hsl 1 enum
limit_conn_log_level HS 1 enum
limit_conn_status hsl 1 num
limit_conn_zone h 2 -
limit_conn_zone H 2 -
limit_except l 1+{ -
limit_rate hslj 1 -
limit_rate_after hslj 1 -
limit_req hsl 123 -
limit_req_dry_run hsl flag flag since=18
limit_req_log_level hsl 1 enum
limit_req_status hsl 1 num
limit_req_zone h 3 -
lingering_close hsl 1 enum
lingering_time hsl 1 msec
lingering_timeout hsl 1 msec
listen s 1+ -
listen q 1+ -
listen S 1+ -
load_module m 1 -
location sl 12{ -
lock_file m 1 str
log_format h 2+ -
log_format H 2+ -
log_not_found hsl flag flag
log_subrequest hsl flag flag
mail m 0{ -
map h 2{ -
map H 2{ -
map_hash_bucket_size h 1 num
map_hash_bucket_size H 1 num
map_hash_max_size h 1 num
map_hash_max_size H 1 num
master_process m flag flag
max_errors pq 1 num since=22
max_headers hs 1 num since=99
max_ranges hsl 1 num
memcached_bind hsl 12 -
memcached_buffer_size hsl 1 size
memcached_connect_timeout hsl 1 msec
memcached_gzip_flag hsl 1 num
memcached_next_upstream hsl 1+ bitmask
memcached_next_upstream_timeout hsl 1 msec
memcached_next_upstream_tries hsl 1 num
memcached_pass lj 1 -
memcached_read_timeout hsl 1 msec
memcached_send_timeout hsl 1 msec
memcached_socket_keepalive hsl flag flag since=16
merge_slashes hs flag flag
min_delete_depth hsl 1 num
mirror hsl 1 -
mirror_request_body hsl flag flag
modern_browser hsl 12 -
modern_browser_value hsl 1 -
mp4 l 0 -
mp4_buffer_size hsl 1 size
mp4_max_buffer_size hsl 1 size
mp4_start_key_frame hsl flag flag since=22
msie_padding hsl flag flag
msie_refresh hsl flag flag
multi_accept e flag flag
name   -
open_file_cache hsl 12 -
open_file_cache_errors hsl flag flag
open_file_cache_events hsl flag flag
open_file_cache_min_uses hsl 1 num
open_file_cache_valid hsl 1 sec
open_log_file_cache hsl 1234 -
open_log_file_cache HS 1234 -
output_buffers hsl 2 bufs
override_charset hslj flag flag
pass S 1 - since=26
pcre_jit m flag flag
perl lx 1 -
perl_modules h 1 str_array
perl_require h 1 str_array
perl_set h 2 -
pid m 1 str
pop3_auth pq 1+ bitmask
pop3_capabilities pq 1+ -
port_in_redirect hsl flag flag
post_acceptex e 1 num
post_action hslj 1 str
postpone_gzipping hsl 1 size
postpone_output hsl 1 size
preread_buffer_size HS 1 size
preread_timeout HS 1 msec
protocol q 1 -
proxy pq flag flag
proxy_bind hsl 12 -
proxy_bind HS 12 -
proxy_buffer pq 1 size
proxy_buffer_size hsl 1 size
proxy_buffer_size HS 1 size
proxy_buffering hsl flag flag
proxy_buffers hsl 2 bufs
proxy_busy_buffers_size hsl 1 size
proxy_cache hsl 1 -
proxy_cache_background_update hsl flag flag
proxy_cache_bypass hsl 1+ -
proxy_cache_convert_head hsl flag flag
proxy_cache_key hsl 1 -
proxy_cache_lock hsl flag flag
proxy_cache_lock_age hsl 1 msec
proxy_cache_lock_timeout hsl 1 msec
proxy_cache_max_range_offset hsl 1 off
proxy_cache_methods hsl 1+ bitmask
proxy_cache_min_uses hsl 1 num
proxy_cache_path h 2+ -
proxy_cache_revalidate hsl flag flag
proxy_cache_use_stale hsl 1+ bitmask
proxy_cache_valid hsl 1+ -
proxy_connect_timeout hsl 1 msec
proxy_connect_timeout HS 1 msec
proxy_cookie_domain hsl 12 -
proxy_cookie_flags hsl 1234 - since=20
proxy_cookie_path hsl 12 -
proxy_download_rate HS 1 -
proxy_downstream_buffer HS 1 size
proxy_force_ranges hsl flag flag
proxy_half_close HS flag flag since=22
proxy_headers_hash_bucket_size hsl 1 num
proxy_headers_hash_max_size hsl 1 num
proxy_hide_header hsl 1 str_array
proxy_http_version hsl 1 enum
proxy_ignore_client_abort hsl flag flag
proxy_ignore_headers hsl 1+ bitmask
proxy_intercept_errors hsl flag flag
proxy_limit_rate hsl 1 -
proxy_max_temp_file_size hsl 1 size
proxy_method hsl 1 -
proxy_next_upstream hsl 1+ bitmask
proxy_next_upstream HS flag flag
proxy_next_upstream_timeout hsl 1 msec
proxy_next_upstream_timeout HS 1 msec
proxy_next_upstream_tries hsl 1 num
proxy_next_upstream_tries HS 1 num
proxy_no_cache hsl 1+ -
proxy_pass ljx 1 -
proxy_pass S 1 -
proxy_pass_error_message pq flag flag
proxy_pass_header hsl 1 str_array
proxy_pass_request_body hsl flag flag
proxy_pass_request_headers hsl flag flag
proxy_pass_trailers hsl flag flag since=28
proxy_protocol pq 1 enum
proxy_protocol HS 1 enum
proxy_protocol_timeout HS 1 msec
proxy_read_timeout hsl 1 msec
proxy_redirect hsl 12 -
proxy_request_buffering hsl flag flag
proxy_requests HS 1 num since=16
proxy_responses HS 1 num
proxy_send_lowat hsl 1 size
proxy_send_timeout hsl 1 msec
proxy_set_body hsl 1 str
proxy_set_header hsl 2 keyval
proxy_smtp_auth pq flag flag since=20
proxy_socket_keepalive hsl flag flag since=16
proxy_socket_keepalive HS flag flag since=16
proxy_socket_rcvbuf hsl 1 size since=99
proxy_socket_rcvbuf HS 1 size since=99
proxy_socket_sndbuf hsl 1 size since=99
proxy_socket_sndbuf HS 1 size since=99
proxy_ssl HS flag flag
proxy_ssl_alpn HS 1+ - since=99
proxy_ssl_certificate hsl 1 -
proxy_ssl_certificate HS 1 -
proxy_ssl_certificate_cache hsl 123 - since=28
proxy_ssl_certificate_cache HS 123 - since=28
proxy_ssl_certificate_key hsl 1 -
proxy_ssl_certificate_key HS 1 -
proxy_ssl_ciphers hsl 1 str
proxy_ssl_ciphers HS 1 str
proxy_ssl_conf_command hsl 2 keyval since=20
proxy_ssl_conf_command HS 2 keyval since=20
proxy_ssl_crl hsl 1 str
proxy_ssl_crl HS 1 str
proxy_ssl_name hsl 1 -
proxy_ssl_name HS 1 -
proxy_ssl_password_file hsl 1 -
proxy_ssl_password_file HS 1 -
proxy_ssl_protocols hsl 1+ bitmask
proxy_ssl_protocols HS 1+ bitmask
proxy_ssl_server_name hsl flag flag
proxy_ssl_server_name HS flag flag
proxy_ssl_session_reuse hsl flag flag
proxy_ssl_session_reuse HS flag flag
proxy_ssl_trusted_certificate hsl 1 str
proxy_ssl_trusted_certificate HS 1 str
proxy_ssl_verify hsl flag flag
proxy_ssl_verify HS flag flag
proxy_ssl_verify_depth hsl 1 num
proxy_ssl_verify_depth HS 1 num
proxy_store hsl 1 -
proxy_store_access hsl 123 access
proxy_temp_file_write_size hsl 1 size
proxy_temp_path hsl 1234 path
proxy_timeout pq 1 msec
proxy_timeout HS 1 msec
proxy_upload_rate HS 1 -
proxy_upstream_buffer HS 1 size
quic_active_connection_id_limit hs 1 num since=26
quic_bpf m flag flag since=26
quic_gso hs flag flag since=26
quic_host_key hs 1 - since=26
quic_retry hs flag flag since=26
random u 012 - since=16
random U 012 - since=16
random_index l flag flag
read_ahead hsl 1 size
real_ip_header hsl 1 -
real_ip_recursive hsl flag flag
recursive_error_pages hsl flag flag
referer_hash_bucket_size sl 1 num
referer_hash_max_size sl 1 num
request_pool_size hs 1 size
reset_timedout_connection hsl flag flag
resolver hsl 1+ -
resolver pq 1+ -
resolver HS 1+ -
resolver u 1+ -
resolver U 1+ -
resolver_timeout hsl 1 msec
resolver_timeout pq 1 msec
resolver_timeout HS 1 msec
resolver_timeout u 1 msec
resolver_timeout U 1 msec
return silj 12 -
return S 1 -
rewrite silj 23 -
rewrite_log hsilj flag flag
root hslj 1 -
satisfy hsl 1 enum
scgi_bind hsl 12 -
scgi_buffer_size hsl 1 size
scgi_buffering hsl flag flag
scgi_buffers hsl 2 bufs
scgi_busy_buffers_size hsl 1 size
scgi_cache hsl 1 -
scgi_cache_background_update hsl flag flag
scgi_cache_bypass hsl 1+ -
scgi_cache_key hsl 1 -
scgi_cache_lock hsl flag flag
scgi_cache_lock_age hsl 1 msec
scgi_cache_lock_timeout hsl 1 msec
scgi_cache_max_range_offset hsl 1 off
scgi_cache_methods hsl 1+ bitmask
scgi_cache_min_uses hsl 1 num
scgi_cache_path h 2+ -
scgi_cache_revalidate hsl flag flag
scgi_cache_use_stale hsl 1+ bitmask
scgi_cache_valid hsl 1+ -
scgi_connect_timeout hsl 1 msec
scgi_force_ranges hsl flag flag
scgi_hide_header hsl 1 str_array
scgi_ignore_client_abort hsl flag flag
scgi_ignore_headers hsl 1+ bitmask
scgi_intercept_errors hsl flag flag
scgi_limit_rate hsl 1 -
scgi_max_temp_file_size hsl 1 size
scgi_next_upstream hsl 1+ bitmask
scgi_next_upstream_timeout hsl 1 msec
scgi_next_upstream_tries hsl 1 num
scgi_no_cache hsl 1+ -
scgi_param hsl 23 -
scgi_pass lj 1 -
scgi_pass_header hsl 1 str_array
scgi_pass_request_body hsl flag flag
scgi_pass_request_headers hsl flag flag
scgi_read_timeout hsl 1 msec
scgi_request_buffering hsl flag flag
scgi_send_timeout hsl 1 msec
scgi_socket_keepalive hsl flag flag since=16
scgi_socket_rcvbuf hsl 1 size since=99
scgi_socket_sndbuf hsl 1 size since=99
scgi_store hsl 1 -
scgi_store_access hsl 123 access
scgi_temp_file_write_size hsl 1 size
scgi_temp_path hsl 1234 path
secure_link hsl 1 -
secure_link_md5 hsl 1 -
secure_link_secret hsl 1 str
send_lowat hsl 1 size
send_timeout hsl 1 msec
sendfile hslj flag flag
sendfile_max_chunk hsl 1 size
server h 0{ -
server u 1+ -
server p 0{ -
server H 0{ -
server U 1+ -
server_name s 1+ -
server_name pq 1 str
server_name S 1+ -
server_name_in_redirect hsl flag flag
server_names_hash_bucket_size h 1 num
server_names_hash_bucket_size H 1 num
server_names_hash_max_size h 1 num
server_names_hash_max_size H 1 num
server_tokens hsl 1 enum
set silj 2 -
set   -
set S 2 -
set_real_ip_from hsl 1 -
set_real_ip_from HS 1 -
set_real_ip_from pq 1 -
slice hsl 1 size
smtp_auth pq 1+ bitmask
smtp_capabilities pq 1+ -
smtp_client_buffer pq 1 size
smtp_greeting_delay pq 1 msec
source_charset hslj 1 -
spdy_chunk_size hsl 1 - until=18
spdy_headers_comp hs 1 - until=18
spdy_keepalive_timeout hs 1 - until=18
spdy_max_concurrent_streams hs 1 - until=18
spdy_pool_size hs 1 - until=18
spdy_recv_buffer_size h 1 - until=18
spdy_recv_timeout hs 1 - until=18
spdy_streams_index_size hs 1 - until=18
split_clients h 2{ -
split_clients H 2{ -
ssi hslj flag flag
ssi_ignore_recycled_buffers hsl flag flag
ssi_last_modified hsl flag flag
ssi_min_file_chunk hsl 1 size
ssi_silent_errors hsl flag flag
ssi_types hsl 1+ -
ssi_value_length hsl 1 size
ssl hs flag - until=24
ssl pq flag - until=24
ssl_alpn HS 1+ - since=22
ssl_buffer_size hs 1 size
ssl_certificate hs 1 str_array
ssl_certificate pq 1 str_array
ssl_certificate HS 1 str_array
ssl_certificate_cache hs 123 - since=28
ssl_certificate_cache HS 123 - since=28
ssl_certificate_compression hs flag flag since=99
ssl_certificate_compression pq flag flag since=99
ssl_certificate_compression HS flag flag since=99
ssl_certificate_key hs 1 str_array
ssl_certificate_key pq 1 str_array
ssl_certificate_key HS 1 str_array
ssl_ciphers hs 1 str
ssl_ciphers pq 1 str
ssl_ciphers HS 1 str
ssl_client_certificate hs 1 str
ssl_client_certificate pq 1 str
ssl_client_certificate HS 1 str
ssl_conf_command hs 2 keyval since=20
ssl_conf_command pq 2 keyval since=20
ssl_conf_command HS 2 keyval since=20
ssl_crl hs 1 str
ssl_crl pq 1 str
ssl_crl HS 1 str
ssl_dhparam hs 1 str
ssl_dhparam pq 1 str
ssl_dhparam HS 1 str
ssl_early_data hs flag flag since=16
ssl_ecdh_curve hs 1 str
ssl_ecdh_curve pq 1 str
ssl_ecdh_curve HS 1 str
ssl_ech_file hs 1 str_array since=99
ssl_ech_file HS 1 str_array since=99
ssl_engine m 1 -
ssl_handshake_timeout HS 1 msec
ssl_object_cache_inheritable m flag flag since=28
ssl_ocsp hs 1 enum since=20
ssl_ocsp HS 1 enum since=20
ssl_ocsp_cache hs 1 - since=20
ssl_ocsp_cache HS 1 - since=20
ssl_ocsp_responder hs 1 str since=20
ssl_ocsp_responder HS 1 str since=20
ssl_password_file hs 1 -
ssl_password_file pq 1 -
ssl_password_file HS 1 -
ssl_prefer_server_ciphers hs flag flag
ssl_prefer_server_ciphers pq flag flag
ssl_prefer_server_ciphers HS flag flag
ssl_preread HS flag flag
ssl_protocols hs 1+ bitmask
ssl_protocols pq 1+ bitmask
ssl_protocols HS 1+ bitmask
ssl_reject_handshake hs flag flag since=20
ssl_reject_handshake HS flag flag since=20
ssl_session_cache hs 12 -
ssl_session_cache pq 12 -
ssl_session_cache HS 12 -
ssl_session_ticket_key hs 1 str_array
ssl_session_ticket_key pq 1 str_array
ssl_session_ticket_key HS 1 str_array
ssl_session_tickets hs flag flag
ssl_session_tickets pq flag flag
ssl_session_tickets HS flag flag
ssl_session_timeout hs 1 sec
ssl_session_timeout pq 1 sec
ssl_session_timeout HS 1 sec
ssl_stapling hs flag flag
ssl_stapling HS flag flag
ssl_stapling_file hs 1 str
ssl_stapling_file HS 1 str
ssl_stapling_responder hs 1 str
ssl_stapling_responder HS 1 str
ssl_stapling_verify hs flag flag
ssl_stapling_verify HS flag flag
ssl_trusted_certificate hs 1 str
ssl_trusted_certificate pq 1 str
ssl_trusted_certificate HS 1 str
ssl_verify_client hs 1 enum
ssl_verify_client pq 1 enum
ssl_verify_client HS 1 enum
ssl_verify_depth hs 1 num
ssl_verify_depth pq 1 num
ssl_verify_depth HS 1 num
starttls pq 1 -
sticky u 2+ - since=99
stream m 0{ -
stub   -
stub_status sl 01 -
sub   -
sub_filter hsl 2 -
sub_filter_last_modified hsl flag flag
sub_filter_once hsl flag flag
sub_filter_types hsl 1+ -
subrequest_output_buffer_size hsl 1 size
tcp_nodelay hsl flag flag
tcp_nodelay HS flag flag
tcp_nopush hsl flag flag
thread_pool m 23 -
timefmt   -
timeout pq 1 msec
timer_resolution m 1 msec
try_files sl 2+ -
tunnel_bind hsl 12 - since=99
tunnel_buffer_size hsl 1 size since=99
tunnel_connect_timeout hsl 1 msec since=99
tunnel_next_upstream hsl 1+ bitmask since=99
tunnel_next_upstream_timeout hsl 1 msec since=99
tunnel_next_upstream_tries hsl 1 num since=99
tunnel_pass slj 01 - since=99
tunnel_read_timeout hsl 1 msec since=99
tunnel_send_lowat hsl 1 size since=99
tunnel_send_timeout hsl 1 msec since=99
tunnel_socket_keepalive hsl flag flag since=99
tunnel_socket_rcvbuf hsl 1 size since=99
tunnel_socket_sndbuf hsl 1 size since=99
types hsl 0{ -
types_hash_bucket_size hsl 1 num
types_hash_max_size hsl 1 num
underscores_in_headers hs flag flag
uninitialized_variable_warn hsilj flag flag
upstream h 1{ -
upstream H 1{ -
use e 1 -
user m 12 -
userid hsl 1 enum
userid_domain hsl 1 str
userid_expires hsl 1 -
userid_flags hsl 123 bitmask since=20
userid_mark hsl 1 -
userid_name hsl 1 str
userid_p3p hsl 1 str
userid_path hsl 1 str
userid_service hsl 1 num
uwsgi_bind hsl 12 -
uwsgi_buffer_size hsl 1 size
uwsgi_buffering hsl flag flag
uwsgi_buffers hsl 2 bufs
uwsgi_busy_buffers_size hsl 1 size
uwsgi_cache hsl 1 -
uwsgi_cache_background_update hsl 1 flag
uwsgi_cache_bypass hsl 1+ -
uwsgi_cache_key hsl 1 -
uwsgi_cache_lock hsl flag flag
uwsgi_cache_lock_age hsl 1 msec
uwsgi_cache_lock_timeout hsl 1 msec
uwsgi_cache_max_range_offset hsl 1 off
uwsgi_cache_methods hsl 1+ bitmask
uwsgi_cache_min_uses hsl 1 num
uwsgi_cache_path h 2+ -
uwsgi_cache_revalidate hsl flag flag
uwsgi_cache_use_stale hsl 1+ bitmask
uwsgi_cache_valid hsl 1+ -
uwsgi_connect_timeout hsl 1 msec
uwsgi_force_ranges hsl flag flag
uwsgi_hide_header hsl 1 str_array
uwsgi_ignore_client_abort hsl flag flag
uwsgi_ignore_headers hsl 1+ bitmask
uwsgi_intercept_errors hsl flag flag
uwsgi_limit_rate hsl 1 -
uwsgi_max_temp_file_size hsl 1 size
uwsgi_modifier1 hsl 1 num
uwsgi_modifier2 hsl 1 num
uwsgi_next_upstream hsl 1+ bitmask
uwsgi_next_upstream_timeout hsl 1 msec
uwsgi_next_upstream_tries hsl 1 num
uwsgi_no_cache hsl 1+ -
uwsgi_param hsl 23 -
uwsgi_pass lj 1 -
uwsgi_pass_header hsl 1 str_array
uwsgi_pass_request_body hsl flag flag
uwsgi_pass_request_headers hsl flag flag
uwsgi_read_timeout hsl 1 msec
uwsgi_request_buffering hsl flag flag
uwsgi_send_timeout hsl 1 msec
uwsgi_socket_keepalive hsl flag flag since=16
uwsgi_socket_rcvbuf hsl 1 size since=99
uwsgi_socket_sndbuf hsl 1 size since=99
uwsgi_ssl_certificate hsl 1 -
uwsgi_ssl_certificate_cache hsl 123 - since=28
uwsgi_ssl_certificate_key hsl 1 -
uwsgi_ssl_ciphers hsl 1 str
uwsgi_ssl_conf_command hsl 2 keyval since=20
uwsgi_ssl_crl hsl 1 str
uwsgi_ssl_name hsl 1 -
uwsgi_ssl_password_file hsl 1 -
uwsgi_ssl_protocols hsl 1+ bitmask
uwsgi_ssl_server_name hsl flag flag
uwsgi_ssl_session_reuse hsl flag flag
uwsgi_ssl_trusted_certificate hsl 1 str
uwsgi_ssl_verify hsl flag flag
uwsgi_ssl_verify_depth hsl 1 num
uwsgi_store hsl 1 -
uwsgi_store_access hsl 123 access
uwsgi_string hsl 1 str
uwsgi_temp_file_write_size hsl 1 size
uwsgi_temp_path hsl 1234 path
valid_referers sl 1+ -
value   -
var   -
variables_hash_bucket_size h 1 num
variables_hash_bucket_size H 1 num
variables_hash_max_size h 1 num
variables_hash_max_size H 1 num
virtual   -
wait   -
worker_aio_requests e 1 num
worker_connections e 1 -
worker_cpu_affinity m 1+ -
worker_priority m 1 -
worker_processes m 1 -
worker_rlimit_core m 1 off
worker_rlimit_nofile m 1 num
worker_shutdown_timeout m 1 msec
working_directory m 1 str
xclient pq flag flag
xml_entities hsl 1 -
xml_external_entities hsl flag flag since=99
xslt_last_modified hsl flag flag
xslt_param hsl 2 -
xslt_string_param hsl 2 -
xslt_stylesheet l 1+ -
xslt_types hsl 1+ -
zone u 12 -
zone U 12 -
`
