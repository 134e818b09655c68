export default function Page() {
  return <h1>Classrooom</h1>
}
