// A CloudFront function for viewer requests: S3 knows files, not folders.
function handler(event) {
  var request = event.request
  if (request.uri.endsWith("/")) {
    request.uri += "index.html"
    return request
  }
  if (request.uri.split("/").pop().includes(".")) {
    return request
  }
  // Two slashes at the start would lead to another host.
  return {
    statusCode: 301,
    statusDescription: "Moved Permanently",
    headers: { location: { value: request.uri.replace(/^[/\\]+/, "/") + "/" } },
  }
}
